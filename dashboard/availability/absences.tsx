import { Button } from "@nl-design-system-candidate/button-react";
import { Heading } from "@nl-design-system-candidate/heading-react";
import { Paragraph } from "@nl-design-system-candidate/paragraph-react";
import { type FormEvent, useId } from "react";
import { Notice } from "../elements/notice.tsx";
import { useLanguage, useTexts } from "../language/language.ts";
import { periodText } from "../language/moments.ts";
import { cancelAbsence, recordAbsence, type School } from "./operations.ts";
import { PeriodFields, periodOf } from "./period-fields.tsx";
import { type SectionOf, useChange } from "./use-change.ts";

/** Who of the contact persons is not there, so that somebody who is there is told of a message. */
export function Absences(props: SectionOf<School>) {
  const { school } = props;
  const { absences: texts, message } = useTexts();
  const language = useLanguage();
  const { make, notice, isBusy } = useChange(props, texts.refusals);
  const id = useId();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    const input = { schoolId: school.id, staffMemberId: String(given.get("person")), ...periodOf(given) };
    if (await make(recordAbsence, { input }, texts.recorded)) form.reset();
  };
  return (
    <section className="availability__part">
      <Heading level={3}>{texts.title}</Heading>
      <Paragraph>{texts.lead}</Paragraph>
      <Notice>{notice}</Notice>
      {school.absences.length === 0 && <p className="hint">{texts.none}</p>}
      <ul>
        {school.absences.map(({ id, staffMember, ...period }) => (
          <li key={id}>
            <span>
              <strong>{staffMember.name}</strong>
              <span className="hint">{periodText(period, language)}</span>
            </span>
            <Button
              purpose="secondary"
              busy={isBusy}
              onClick={() => void make(cancelAbsence, { id }, texts.cancelled)}
              aria-label={texts.cancelOf(staffMember.name)}
            >
              {texts.cancel}
            </Button>
          </li>
        ))}
      </ul>
      <form className="fields-form" onSubmit={(event) => void submit(event)}>
        <div className="field">
          <label htmlFor={id}>{texts.who}</label>
          <select id={id} name="person" required defaultValue="">
            <option value="" disabled>
              {message.choose}
            </option>
            {school.contacts.map((contact) => (
              <option key={contact.id} value={contact.id}>
                {contact.name}
              </option>
            ))}
          </select>
        </div>
        <PeriodFields />
        <div className="buttons">
          <Button purpose="primary" type="submit" busy={isBusy}>
            {texts.record}
          </Button>
        </div>
      </form>
    </section>
  );
}
