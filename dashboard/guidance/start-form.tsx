import { Button } from "@nl-design-system-candidate/button-react";
import { Paragraph } from "@nl-design-system-candidate/paragraph-react";
import { type FormEvent, useId } from "react";
import type { Ask } from "../api/ask.ts";
import { useGesture } from "../api/use-gesture.ts";
import { Notice } from "../elements/notice.tsx";
import { OpenedView } from "../elements/opened-view.tsx";
import { useFamilyTexts } from "../language/family/use-family-texts.ts";
import { startGuidance } from "./operations.ts";
import { Field, SupporterFields, supporterIn } from "./supporter-fields.tsx";

/** Asks which family is to be guided, and by whom. */
export function StartForm({ ask, onClose }: { readonly ask: Ask; readonly onClose: (why?: string) => void }) {
  const { guidance: texts } = useFamilyTexts();
  const { make, say, notice, isBusy } = useGesture(ask);
  const id = useId();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const input = { familyId: String(given.get("family")).trim(), supporter: supporterIn(given) };
    const outcome = await make(startGuidance, { input });
    if (outcome?.__typename === "GuidanceStarted") return onClose(texts.started);
    if (outcome !== undefined) say(outcome.__typename === "FamilyNotFound" ? texts.familyUnknown : texts.unreachable);
  };
  return (
    <OpenedView title={texts.start} back={texts.back} onClose={onClose}>
      <Paragraph>{texts.startLead}</Paragraph>
      <Notice>{notice}</Notice>
      <form className="actions" onSubmit={(event) => void submit(event)}>
        <Field id={id} name="family" label={texts.familyKey} type="text" isRequired={true} />
        <SupporterFields id={id} />
        <div className="buttons">
          <Button purpose="primary" type="submit" busy={isBusy}>
            {texts.confirmStart}
          </Button>
        </div>
      </form>
    </OpenedView>
  );
}
