import { Button } from "@nl-design-system-candidate/button-react";
import { type FormEvent, useEffect, useRef } from "react";
import { useTexts } from "../language/language.ts";

/** The outcomes that an officer may give. */
const outcomes = ["SUPPORT_ARRANGED", "NO_SCHOOL", "NOT_FOUND", "DUPLICATE", "FORWARDED"] as const;

/** Asks why a task ends without a school. */
export function CloseForm(props: {
  readonly isBusy: boolean;
  readonly onOutcome: (outcome: string) => void;
  readonly onCancel: () => void;
}) {
  const { isBusy, onOutcome, onCancel } = props;
  const texts = useTexts();
  const choice = useRef<HTMLSelectElement>(null);
  useEffect(() => choice.current?.focus(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (choice.current?.value) onOutcome(choice.current.value);
  };
  return (
    <form className="actions" onSubmit={submit}>
      <label htmlFor="outcome">{texts.workList.closeTitle}</label>
      <select id="outcome" ref={choice} required defaultValue="">
        <option value="" disabled>
          {texts.workList.choose}
        </option>
        {outcomes.map((outcome) => (
          <option key={outcome} value={outcome}>
            {texts.workList.outcomes[outcome]}
          </option>
        ))}
      </select>
      <div className="buttons">
        <Button purpose="primary" type="submit" busy={isBusy}>
          {texts.workList.confirmClose}
        </Button>
        <Button purpose="subtle" onClick={onCancel}>
          {texts.cancel}
        </Button>
      </div>
    </form>
  );
}
