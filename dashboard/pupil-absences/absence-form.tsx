import { Button } from "@nl-design-system-candidate/button-react";
import { type FormEvent, useId } from "react";
import type { Ask } from "../api/ask.ts";
import { useGesture } from "../api/use-gesture.ts";
import { PeriodFields } from "../availability/period-fields.tsx";
import { Notice } from "../elements/notice.tsx";
import { useFamilyTexts } from "../language/family/use-family-texts.ts";
import { useTexts } from "../language/language.ts";
import { reportAbsence } from "./operations.ts";
import { absenceIn } from "./pupil-absences.ts";

/** Asks who was absent, and when. */
export function AbsenceForm({ ask }: { readonly ask: Ask }) {
  const { pupilAbsences: texts } = useFamilyTexts();
  const { child, failure } = useTexts();
  const { make, say, notice, isBusy } = useGesture(ask);
  const id = useId();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const outcome = await make(reportAbsence, { input: absenceIn(new FormData(form)) });
    if (outcome === undefined) return;
    if (outcome.code !== undefined) return say(texts.refusals[outcome.code] ?? failure.other);
    form.reset();
    say(texts.reported);
  };
  const field = (name: string, label: string, type = "text") => (
    <div className="field">
      <label htmlFor={`${id}-${name}`}>{label}</label>
      <input id={`${id}-${name}`} name={name} type={type} autoComplete="off" spellCheck={false} />
    </div>
  );
  return (
    <form className="fields-form" onSubmit={(event) => void submit(event)}>
      <Notice>{notice}</Notice>
      <fieldset>
        <legend>{texts.whom}</legend>
        <div className="fields">
          {field("bsn", child.bsn)}
          {field("birthDate", texts.birthDate, "date")}
        </div>
        <div className="fields">
          {field("givenName", texts.givenName)}
          {field("prefix", texts.prefix)}
          {field("familyName", texts.familyName)}
        </div>
      </fieldset>
      <PeriodFields />
      <div className="buttons">
        <Button purpose="primary" type="submit" busy={isBusy}>
          {texts.report}
        </Button>
      </div>
    </form>
  );
}
