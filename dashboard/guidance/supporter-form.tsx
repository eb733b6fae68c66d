import { Button } from "@nl-design-system-candidate/button-react";
import { Heading } from "@nl-design-system-candidate/heading-react";
import { Paragraph } from "@nl-design-system-candidate/paragraph-react";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import type { Ask } from "../api/ask.ts";
import { useGesture } from "../api/use-gesture.ts";
import { Notice } from "../elements/notice.tsx";
import { useFamilyTexts } from "../language/family/use-family-texts.ts";
import { useTexts } from "../language/language.ts";
import type { Family } from "./guidance.ts";
import { changeSupporter } from "./operations.ts";
import { SupporterFields, supporterIn } from "./supporter-fields.tsx";

/** Says who accompanies the family from now on. */
export function SupporterForm({ family, ask }: { readonly family: Family; readonly ask: Ask }) {
  const { guidance: texts } = useFamilyTexts();
  const { cancel } = useTexts();
  const { make, say, notice, isBusy } = useGesture(ask);
  const [isOpen, setOpen] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  useEffect(() => {
    if (isOpen) form.current?.querySelector("input")?.focus();
  }, [isOpen]);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const supporter = supporterIn(new FormData(event.currentTarget));
    const outcome = await make(changeSupporter, { input: { guidanceId: family.id, supporter } });
    if (outcome === undefined) return;
    if (outcome.__typename === "InvalidSupporter") return say(texts.unreachable);
    setOpen(false);
    say(outcome.__typename === "SupporterChanged" ? texts.supporterChanged : texts.endedByOther);
  };
  return (
    <section className="actions">
      <Notice>{notice}</Notice>
      {isOpen ? (
        <form className="fields-form" ref={form} onSubmit={(event) => void submit(event)}>
          <Heading level={2}>{texts.otherSupporter}</Heading>
          <Paragraph>{texts.otherSupporterLead}</Paragraph>
          <SupporterFields id={id} />
          <div className="buttons">
            <Button purpose="primary" type="submit" busy={isBusy}>
              {texts.confirmSupporter}
            </Button>
            <Button purpose="subtle" onClick={() => setOpen(false)}>
              {cancel}
            </Button>
          </div>
        </form>
      ) : (
        <div className="buttons">
          <Button purpose="secondary" onClick={() => setOpen(true)}>
            {texts.otherSupporter}
          </Button>
        </div>
      )}
    </section>
  );
}
