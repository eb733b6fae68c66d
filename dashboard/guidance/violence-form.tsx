import { Button } from "@nl-design-system-candidate/button-react";
import { Heading } from "@nl-design-system-candidate/heading-react";
import { Paragraph } from "@nl-design-system-candidate/paragraph-react";
import { type FormEvent, useId, useRef, useState } from "react";
import type { Ask } from "../api/ask.ts";
import { useGesture } from "../api/use-gesture.ts";
import { Notice } from "../elements/notice.tsx";
import { useFamilyTexts } from "../language/family/use-family-texts.ts";
import { useTexts } from "../language/language.ts";
import { momentAt } from "../language/moments.ts";
import type { Family } from "./guidance.ts";
import { reportViolence } from "./operations.ts";

/** Reports actual violence: a signal for each child, with consent or without. It is asked for twice. */
export function ViolenceForm({ family, ask }: { readonly family: Family; readonly ask: Ask }) {
  const { violence: texts } = useFamilyTexts();
  const { cancel, failure } = useTexts();
  const { make, say, notice, isBusy } = useGesture(ask);
  const [isOpen, setOpen] = useState(false);
  /** The same for one report, however often it is sent. */
  const key = useRef("");
  const id = useId();
  const open = () => {
    key.current = crypto.randomUUID();
    say(undefined);
    setOpen(true);
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const childIds = given.getAll("child").map(String);
    if (childIds.length === 0) return say(texts.noChild);
    const occurredAt = momentAt(String(given.get("when")));
    const input = { guidanceId: family.id, childIds, occurredAt, idempotencyKey: key.current };
    const outcome = await make(reportViolence, { input });
    if (outcome === undefined) return;
    if (outcome.__typename !== "ViolenceReported") return say(texts.refusals[outcome.code ?? ""] ?? failure.other);
    setOpen(false);
    say(texts.reported);
  };
  return (
    <section className="actions">
      <Notice>{notice}</Notice>
      {isOpen ? (
        <form className="fields-form" onSubmit={(event) => void submit(event)}>
          <Heading level={2}>{texts.title}</Heading>
          <Paragraph>{texts.lead}</Paragraph>
          <fieldset>
            <legend>{texts.children}</legend>
            {family.children.map((child) => (
              <label key={child.id} className="choice">
                <input type="checkbox" name="child" value={child.id} />
                {child.name}
              </label>
            ))}
          </fieldset>
          <div className="field">
            <label htmlFor={id}>{texts.when}</label>
            <input id={id} name="when" type="datetime-local" required />
          </div>
          <div className="buttons">
            <Button purpose="primary" type="submit" busy={isBusy}>
              {texts.confirm}
            </Button>
            <Button purpose="subtle" onClick={() => setOpen(false)}>
              {cancel}
            </Button>
          </div>
        </form>
      ) : (
        <div className="buttons">
          <Button purpose="secondary" onClick={open}>
            {texts.open}
          </Button>
        </div>
      )}
    </section>
  );
}
