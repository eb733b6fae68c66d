import { Button } from "@nl-design-system-candidate/button-react";
import { type FormEvent, useEffect, useRef } from "react";
import { useTexts } from "../language/language.ts";
import type { StaffMember } from "./operations.ts";

/** Asks which teacher was told. */
export function HandOverForm(props: {
  readonly staff: readonly StaffMember[];
  readonly isBusy: boolean;
  readonly onChoice: (teacher: StaffMember) => void;
  readonly onCancel: () => void;
}) {
  const { staff, isBusy, onChoice, onCancel } = props;
  const texts = useTexts();
  const choice = useRef<HTMLSelectElement>(null);
  useEffect(() => choice.current?.focus(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const teacher = staff.find(({ id }) => id === choice.current?.value);
    if (teacher) onChoice(teacher);
  };
  return (
    <form className="actions" onSubmit={submit}>
      <label htmlFor="teacher">{texts.message.handOverTo}</label>
      <select id="teacher" ref={choice} required defaultValue="">
        <option value="" disabled>
          {texts.message.choose}
        </option>
        {staff.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
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
