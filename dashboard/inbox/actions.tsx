import { Button } from "@nl-design-system-candidate/button-react";
import { Heading } from "@nl-design-system-candidate/heading-react";
import { useState } from "react";
import { useTexts } from "../language/language.ts";
import { HandOverForm } from "./hand-over-form.tsx";
import { acknowledge, confirmSupport, handOver, type Message, returnMessage, type StaffMember } from "./operations.ts";
import { ReturnForm } from "./return-form.tsx";
import type { MakeGesture } from "./use-message.ts";

/** What a contact person can do with a message: the likeliest step first. */
export function Actions(props: {
  readonly message: Message;
  readonly staff: readonly StaffMember[];
  readonly isTeacher: boolean;
  readonly make: MakeGesture;
  readonly onNotice: (text: string | undefined) => void;
  readonly onClose: (why: string) => void;
}) {
  const { message, staff, isTeacher, make, onNotice, onClose } = props;
  const { message: texts } = useTexts();
  const [form, setForm] = useState<"hand-over" | "return">();
  const [isBusy, setBusy] = useState(false);
  const { id, status } = message;
  if (status !== "RAISED" && status !== "SEEN") return null;

  const perform = async (gesture: () => Promise<string | undefined>, onMade: () => void) => {
    if (isBusy) return;
    setBusy(true);
    onNotice(undefined);
    const refusal = await gesture();
    setBusy(false);
    if (refusal === undefined) onMade();
    else onNotice(refusal);
  };

  if (form === "hand-over") {
    return (
      <HandOverForm
        teachers={message.pupil?.group?.teachers ?? []}
        staff={staff}
        isBusy={isBusy}
        onCancel={() => setForm(undefined)}
        onChoice={({ id: staffMemberId, name }) =>
          perform(
            () => make(handOver, { id, staffMemberId }),
            () => {
              setForm(undefined);
              onNotice(texts.handedOver(name));
            },
          )
        }
      />
    );
  }
  if (form === "return") {
    return (
      <ReturnForm
        isBusy={isBusy}
        onCancel={() => setForm(undefined)}
        onReason={(reason) =>
          perform(
            () => make(returnMessage, { id, reason }),
            () => onClose(texts.returned),
          )
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
            onClick={() =>
              perform(
                () => make(acknowledge, { id }),
                () => onNotice(texts.acknowledged),
              )
            }
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
          onClick={() =>
            perform(
              () => make(confirmSupport, { id }),
              () => onClose(texts.supportConfirmed),
            )
          }
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
