import { Button } from "@nl-design-system-candidate/button-react";
import { Heading } from "@nl-design-system-candidate/heading-react";
import { Paragraph } from "@nl-design-system-candidate/paragraph-react";
import { type FormEvent, useId } from "react";
import { Notice } from "../elements/notice.tsx";
import { useTexts } from "../language/language.ts";
import { type School, setContactHours } from "./operations.ts";
import { type SectionOf, useChange } from "./use-change.ts";

/** Between which hours a school's contact persons are told of a message. */
export function ContactHours(props: SectionOf<School>) {
  const { id: schoolId, contactHours } = props.school;
  const { contactHours: texts } = useTexts();
  const { make, notice, isBusy } = useChange(props, texts.refusals);
  const id = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const input = { schoolId, opens: String(given.get("opens")), closes: String(given.get("closes")) };
    void make(setContactHours, { input }, texts.recorded);
  };
  return (
    <section className="availability__part">
      <Heading level={3}>{texts.title}</Heading>
      <Paragraph>{contactHours.always ? texts.always : texts.now(contactHours.opens, contactHours.closes)}</Paragraph>
      <Notice>{notice}</Notice>
      <form className="fields-form" onSubmit={submit}>
        <div className="fields">
          <div className="field">
            <label htmlFor={`${id}-opens`}>{texts.opens}</label>
            <input id={`${id}-opens`} name="opens" type="time" required defaultValue={contactHours.opens} />
          </div>
          <div className="field">
            <label htmlFor={`${id}-closes`}>{texts.closes}</label>
            <input id={`${id}-closes`} name="closes" type="time" required defaultValue={contactHours.closes} />
          </div>
        </div>
        <p className="hint">{texts.hint}</p>
        <div className="buttons">
          <Button purpose="primary" type="submit" busy={isBusy}>
            {texts.record}
          </Button>
        </div>
      </form>
    </section>
  );
}
