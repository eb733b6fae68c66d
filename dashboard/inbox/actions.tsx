import { Button } from "@nl-design-system-candidate/button-react";
import { Heading } from "@nl-design-system-candidate/heading-react";
import { useState } from "react";
import { useTexts } from "../language/language.ts";
import { HandOverForm } from "./hand-over-form.tsx";
import { acknowledge, confirmSupport, handOver, type Message, returnMessage, type StaffMember } from "./operations.ts";
import { ReturnForm } from "./return-form.tsx";
import type { MessageGestures } from "./use-message.ts";

/** What a contact person can do with a message: the likeliest step first. */
export function Actions(props: {
  readonly message: Message;
  readonly staff: readonly StaffMember[];
  readonly isTeacher: boolean;
  readonly gestures: MessageGestures;
  readonly onClose: (why: string) => void;
}) {
  const { message, staff, isTeacher, gestures, onClose } = props;
  const { make, say, isBusy } = gestures;
  const { message: texts } = useTexts();
  const [form, setForm] = useState<"hand-over" | "return">();
  const { id, status } = message;
  if (status !== "RAISED" && status !== "SEEN") return null;
  const closeForm = () => setForm(undefined);

  if (form === "hand-over") {
    const handOverTo = async ({ id: staffMemberId, name }: StaffMember) => {
      if (!(await make(handOver, { id, staffMemberId }))) return;
      closeForm();
      say(texts.handedOver(name));
    };
    return (
      <HandOverForm
        teachers={message.pupil?.group?.teachers ?? []}
        staff={staff}
        isBusy={isBusy}
        onCancel={closeForm}
        onChoice={(teacher) => void handOverTo(teacher)}
      />
    );
  }
  if (form === "return") {
    return (
      <ReturnForm
        isBusy={isBusy}
        onCancel={closeForm}
        onReason={(reason) =>
          void make(returnMessage, { id, reason }).then((isMade) => isMade && onClose(texts.returned))
        }
      />
    );
  }
  return (
    <section className="actions">
      <Heading level={2}>{texts.actions}</Heading>
      <div className="buttons">
        {status === "RAISED" && !isTeacher && (
          <Button
            purpose="primary"
            busy={isBusy}
            onClick={() => void make(acknowledge, { id }).then((isMade) => isMade && say(texts.acknowledged))}
          >
            {texts.acknowledge}
          </Button>
        )}
        {!isTeacher && (
          <Button purpose={status === "RAISED" ? "secondary" : "primary"} onClick={() => setForm("hand-over")}>
            {texts.handOver}
          </Button>
        )}
        <Button
          purpose={isTeacher ? "primary" : "secondary"}
          busy={isBusy}
          onClick={() => void make(confirmSupport, { id }).then((isMade) => isMade && onClose(texts.supportConfirmed))}
        >
          {texts.confirmSupport}
        </Button>
        {!isTeacher && (
          <Button purpose="subtle" onClick={() => setForm("return")}>
            {texts.notOurs}
          </Button>
        )}
      </div>
    </section>
  );
}
