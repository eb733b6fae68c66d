import { Button } from "@nl-design-system-candidate/button-react";
import { Heading } from "@nl-design-system-candidate/heading-react";
import { Paragraph } from "@nl-design-system-candidate/paragraph-react";
import type { FormEvent } from "react";
import { Notice } from "../elements/notice.tsx";
import { useLanguage, useTexts } from "../language/language.ts";
import { periodText } from "../language/moments.ts";
import { removeSchoolDays, type School, setSchoolDays } from "./operations.ts";
import { PeriodFields, periodOf } from "./period-fields.tsx";
import { type SectionOf, useChange } from "./use-change.ts";

/** On which days a school is free, or open, whatever its region does. */
export function OwnSchoolDays(props: SectionOf<School>) {
  const { id: schoolId, ownDays } = props.school;
  const { ownDays: texts } = useTexts();
  const language = useLanguage();
  const { make, notice, isBusy } = useChange(props, texts.refusals);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    const input = { schoolId, isSchool: given.get("kind") === "open", ...periodOf(given) };
    if (await make(setSchoolDays, { input }, texts.recorded)) form.reset();
  };
  return (
    <section className="availability__part">
      <Heading level={3}>{texts.title}</Heading>
      <Paragraph>{texts.lead}</Paragraph>
      <Notice>{notice}</Notice>
      {ownDays.length === 0 && <p className="hint">{texts.none}</p>}
      <ul>
        {ownDays.map(({ id, isSchool, ...period }) => {
          const days = periodText(period, language);
          return (
            <li key={id}>
              <span>
                <strong>{days}</strong>
                <span className="hint">{isSchool ? texts.open : texts.free}</span>
              </span>
              <Button
                purpose="secondary"
                busy={isBusy}
                onClick={() => void make(removeSchoolDays, { id }, texts.removed)}
                aria-label={texts.removeOf(days)}
              >
                {texts.remove}
              </Button>
            </li>
          );
        })}
      </ul>
      <form className="fields-form" onSubmit={(event) => void submit(event)}>
        <PeriodFields />
        <fieldset>
          <legend>{texts.kind}</legend>
          <label className="choice">
            <input type="radio" name="kind" value="free" required />
            {texts.free}
          </label>
          <label className="choice">
            <input type="radio" name="kind" value="open" />
            {texts.open}
          </label>
        </fieldset>
        <div className="buttons">
          <Button purpose="primary" type="submit" busy={isBusy}>
            {texts.record}
          </Button>
        </div>
      </form>
    </section>
  );
}
