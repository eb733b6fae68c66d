import { Button } from "@nl-design-system-candidate/button-react";
import { Paragraph } from "@nl-design-system-candidate/paragraph-react";
import { type FormEvent, useId } from "react";
import type { Ask } from "../api/ask.ts";
import { useGesture } from "../api/use-gesture.ts";
import { FocusedHeading } from "../elements/focused-heading.tsx";
import { Notice } from "../elements/notice.tsx";
import { useEscape } from "../elements/use-escape.ts";
import { useFamilyTexts } from "../language/family/use-family-texts.ts";
import { startGuidance } from "./operations.ts";

/** Asks which family is to be guided, and by whom. */
export function StartForm({ ask, onClose }: { readonly ask: Ask; readonly onClose: (why?: string) => void }) {
  const { guidance: texts } = useFamilyTexts();
  const { make, say, notice, isBusy } = useGesture(ask);
  const id = useId();
  useEscape(() => onClose());
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const text = (name: string) => String(given.get(name)).trim();
    const supporter = { name: text("name"), telephone: text("telephone") || null, email: text("email") || null };
    const outcome = await make(startGuidance, { input: { familyId: text("family"), supporter } });
    if (outcome?.__typename === "GuidanceStarted") return onClose(texts.started);
    if (outcome !== undefined) say(outcome.__typename === "FamilyNotFound" ? texts.familyUnknown : texts.unreachable);
  };
  const field = (name: string, label: string, type: string, isRequired: boolean) => (
    <div className="field">
      <label htmlFor={`${id}-${name}`}>{label}</label>
      <input id={`${id}-${name}`} name={name} type={type} required={isRequired} autoComplete="off" />
    </div>
  );
  return (
    <article className="task">
      <Button purpose="subtle" onClick={() => onClose()}>
        {texts.back}
      </Button>
      <FocusedHeading>{texts.start}</FocusedHeading>
      <Paragraph>{texts.startLead}</Paragraph>
      <Notice>{notice}</Notice>
      <form className="actions" onSubmit={(event) => void submit(event)}>
        {field("family", texts.familyKey, "text", true)}
        {field("name", texts.supporter, "text", true)}
        <div className="fields">
          {field("telephone", texts.telephone, "tel", false)}
          {field("email", texts.email, "email", false)}
        </div>
        <div className="buttons">
          <Button purpose="primary" type="submit" busy={isBusy}>
            {texts.confirmStart}
          </Button>
        </div>
      </form>
    </article>
  );
}
