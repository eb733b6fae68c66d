import { useId } from "react";
import { useTexts } from "../language/language.ts";
import type { Period } from "./operations.ts";

/** Asks for days in a row. */
export function PeriodFields() {
  const { availability: texts } = useTexts();
  const id = useId();
  return (
    <div className="fields">
      <div className="field">
        <label htmlFor={`${id}-first`}>{texts.firstDay}</label>
        <input id={`${id}-first`} name="firstDay" type="date" required />
      </div>
      <div className="field">
        <label htmlFor={`${id}-last`}>{texts.lastDay}</label>
        <input id={`${id}-last`} name="lastDay" type="date" required />
      </div>
    </div>
  );
}

export function periodOf(form: FormData): Period {
  return { firstDay: String(form.get("firstDay")), lastDay: String(form.get("lastDay")) };
}
