import { Button } from "@nl-design-system-candidate/button-react";
import { type FormEvent, useEffect, useRef } from "react";
import { useTexts } from "../language/language.ts";
import type { StaffMember } from "./operations.ts";

/** Asks which teacher was told. */
export function HandOverForm(props: {
  /** Of the pupil's own group. */
  readonly teachers: readonly StaffMember[];
  readonly staff: readonly StaffMember[];
  readonly isBusy: boolean;
  readonly onChoice: (teacher: StaffMember) => void;
  readonly onCancel: () => void;
}) {
  const { teachers, staff, isBusy, onChoice, onCancel } = props;
  const texts = useTexts();
  const choice = useRef<HTMLSelectElement>(null);
  useEffect(() => choice.current?.focus(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const teacher = [...teachers, ...staff].find(({ id }) => id === choice.current?.value);
    if (teacher) onChoice(teacher);
  };
  return (
    <form className="actions" onSubmit={submit}>
      <label htmlFor="teacher">{texts.message.handOverTo}</label>
      <select id="teacher" ref={choice} required defaultValue="">
        <option value="" disabled>
          {texts.message.choose}
        </option>
        <Names label={texts.message.ownTeachers} people={teachers} />
        <Names
          label={texts.message.otherStaff}
          people={staff.filter(({ id }) => !teachers.some((teacher) => teacher.id === id))}
        />
      </select>
      <div className="buttons">
        <Button purpose="primary" type="submit" busy={isBusy}>
          {texts.message.confirmHandOver}
        </Button>
        <Button purpose="subtle" onClick={onCancel}>
          {texts.cancel}
        </Button>
      </div>
    </form>
  );
}

function Names({ label, people }: { readonly label: string; readonly people: readonly StaffMember[] }) {
  if (people.length === 0) return null;
  return (
    <optgroup label={label}>
      {people.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </optgroup>
  );
}
