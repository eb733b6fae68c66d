import { Button } from "@nl-design-system-candidate/button-react";
import { type FormEvent, useId } from "react";
import { useTexts } from "../language/language.ts";
import type { NewAbsence, School } from "./operations.ts";

/** Asks who is not there, and from when till when. */
export function AbsenceForm({
  school,
  onAbsence,
}: {
  readonly school: School;
  readonly onAbsence: (absence: NewAbsence) => void;
}) {
  const { absences: texts, message } = useTexts();
  const id = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    onAbsence({
      schoolId: school.id,
      staffMemberId: String(given.get("person")),
      firstDay: String(given.get("first")),
      lastDay: String(given.get("last")),
    });
  };
  return (
    <form className="actions" onSubmit={submit}>
      <div className="field">
        <label htmlFor={`${id}-person`}>{texts.who}</label>
        <select id={`${id}-person`} name="person" required defaultValue="">
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
      <div className="field">
        <label htmlFor={`${id}-first`}>{texts.firstDay}</label>
        <input id={`${id}-first`} name="first" type="date" required />
      </div>
      <div className="field">
        <label htmlFor={`${id}-last`}>{texts.lastDay}</label>
        <input id={`${id}-last`} name="last" type="date" required />
      </div>
      <div className="buttons">
        <Button purpose="primary" type="submit">
          {texts.record}
        </Button>
      </div>
    </form>
  );
}
