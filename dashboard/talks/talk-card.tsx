import { Button } from "@nl-design-system-candidate/button-react";
import { useState } from "react";
import type { Ask } from "../api/ask.ts";
import { AskedButton } from "../elements/asked-button.tsx";
import { Notice } from "../elements/notice.tsx";
import { useFamilyTexts } from "../language/family/use-family-texts.ts";
import { Agreed } from "./agreed.tsx";
import { ChooseForm } from "./choose-form.tsx";
import { cancelTalk, chooseMoment, confirmAction, proposeMoments, recordTalk } from "./operations.ts";
import { ProposeForm } from "./propose-form.tsx";
import { RecordForm } from "./record-form.tsx";
import { TalkFacts } from "./talk-facts.tsx";
import type { Talk } from "./talks.ts";
import { useTalkGesture } from "./use-talk-gesture.ts";

type Form = "propose" | "record";

/** One talk, and the next step on its way. */
export function TalkCard({ talk, ask }: { readonly talk: Talk; readonly ask: Ask }) {
  const { talks: texts } = useFamilyTexts();
  const { make, isBusy, notice } = useTalkGesture(ask);
  const [form, setForm] = useState<Form>();
  const { id: conversationId, status } = talk;
  const isOpen = status === "CALLED" || status === "PROPOSED" || status === "PLANNED";
  const close = () => setForm(undefined);
  const closeIf = (isMade: boolean) => isMade && close();
  return (
    <article className="talk">
      <TalkFacts talk={talk} />
      <Notice>{notice}</Notice>
      <Agreed
        actions={talk.actions}
        isBusy={isBusy}
        onKept={status === "HELD" ? (actionId) => void make(confirmAction, { actionId }) : undefined}
      />
      {form === "propose" && (
        <ProposeForm
          isBusy={isBusy}
          onCancel={close}
          onProposal={(proposal) => void make(proposeMoments, { conversationId, ...proposal }).then(closeIf)}
        />
      )}
      {form === "record" && (
        <RecordForm
          isBusy={isBusy}
          onCancel={close}
          onRecord={(actions) => void make(recordTalk, { conversationId, actions }).then(closeIf)}
        />
      )}
      {form === undefined && isOpen && (
        <>
          {status === "PROPOSED" && (
            <ChooseForm
              moments={talk.moments}
              isBusy={isBusy}
              onChoice={(moment) => void make(chooseMoment, { conversationId, moment })}
            />
          )}
          <div className="buttons">
            {status === "PLANNED" && (
              <Button purpose="primary" onClick={() => setForm("record")}>
                {texts.held}
              </Button>
            )}
            {talk.invitation !== null && (
              <Button purpose="secondary" onClick={() => download(talk.invitation ?? "")}>
                {texts.calendar}
              </Button>
            )}
            <Button purpose="secondary" onClick={() => setForm("propose")}>
              {status === "CALLED" ? texts.propose : texts.proposeOthers}
            </Button>
            <AskedButton
              text={texts.cancel}
              lead={texts.cancelLead}
              confirm={texts.confirmCancel}
              isBusy={isBusy}
              purpose="subtle"
              onConfirm={() => void make(cancelTalk, { conversationId })}
            />
          </div>
        </>
      )}
    </article>
  );
}

/** Hands an invitation over to the person's own calendar. It names neither child nor concern. */
function download(invitation: string): void {
  const url = URL.createObjectURL(new Blob([invitation], { type: "text/calendar" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = "gesprek.ics";
  link.click();
  URL.revokeObjectURL(url);
}
