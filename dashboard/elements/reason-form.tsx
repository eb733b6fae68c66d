import { Button } from "@nl-design-system-candidate/button-react";
import { type FormEvent, useEffect, useId, useRef } from "react";
import { useTexts } from "../language/language.ts";

/** Asks why something ends. */
export function ReasonForm(props: {
  readonly title: string;
  /** What each is called. */
  readonly reasons: Readonly<Record<string, string>>;
  readonly confirm: string;
  readonly isBusy: boolean;
  readonly onReason: (reason: string) => void;
  readonly onCancel: () => void;
}) {
  const { title, reasons, confirm, isBusy, onReason, onCancel } = props;
  const { chooseReason, cancel } = useTexts();
  const id = useId();
  const choice = useRef<HTMLSelectElement>(null);
  useEffect(() => choice.current?.focus(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (choice.current?.value) onReason(choice.current.value);
  };
  return (
    <form className="actions" onSubmit={submit}>
      <label htmlFor={id}>{title}</label>
      <select id={id} ref={choice} required defaultValue="">
        <option value="" disabled>
          {chooseReason}
        </option>
        {Object.entries(reasons).map(([reason, text]) => (
          <option key={reason} value={reason}>
            {text}
          </option>
        ))}
      </select>
      <div className="buttons">
        <Button purpose="primary" type="submit" busy={isBusy}>
          {confirm}
        </Button>
        <Button purpose="subtle" onClick={onCancel}>
          {cancel}
        </Button>
      </div>
    </form>
  );
}
