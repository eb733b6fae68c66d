import { Button } from "@nl-design-system-candidate/button-react";
import { type FormEvent, useEffect, useId, useRef } from "react";
import type { Ask } from "../api/ask.ts";
import { useGesture } from "../api/use-gesture.ts";
import { useFamilyTexts } from "../language/family/use-family-texts.ts";
import { useTexts } from "../language/language.ts";
import { coverages, type Family, type GuidedChild } from "./guidance.ts";
import { recordConsent } from "./operations.ts";

/** Asks which parent agrees, and until when. */
export function ConsentForm(props: {
  readonly child: GuidedChild;
  readonly family: Family;
  readonly ask: Ask;
  /** @param text what came of it. */
  readonly onRecorded: (text: string) => void;
  /** Undefined where it is not asked for, but stands there by itself. */
  readonly onCancel: (() => void) | undefined;
}) {
  const { child, family, ask, onRecorded, onCancel } = props;
  const { guidance: texts } = useFamilyTexts();
  const { message, failure, cancel } = useTexts();
  const { make, say, isBusy, notice } = useGesture(ask);
  const id = useId();
  const isAskedFor = onCancel !== undefined;
  const parent = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    if (isAskedFor) parent.current?.focus();
  }, [isAskedFor]);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const input = {
      guidanceId: family.id,
      childId: child.id,
      parentId: String(given.get("parent")),
      validUntil: String(given.get("until")),
      covers: coverages.filter((coverage) => given.has(coverage)),
      schoolId: String(given.get("school")).trim().toUpperCase() || null,
    };
    const outcome = await make(recordConsent, { input });
    if (outcome === undefined) return;
    const { code, __typename: type } = outcome;
    if (code !== undefined) say(texts.refusals[code] ?? failure.other);
    else onRecorded(type === "ConsentRecorded" ? texts.recorded : texts.changed);
  };
  return (
    <form className="fields-form" onSubmit={(event) => void submit(event)}>
      {notice && <p role="alert">{notice}</p>}
      {isAskedFor && <p className="hint">{texts.oneMoreLead}</p>}
      <div className="fields">
        <div className="field">
          <label htmlFor={`${id}-parent`}>{texts.givenBy}</label>
          <select id={`${id}-parent`} ref={parent} name="parent" required defaultValue="">
            <option value="" disabled>
              {message.choose}
            </option>
            {family.parents.map((parent) => (
              <option key={parent.id} value={parent.id}>
                {parent.name}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor={`${id}-until`}>{texts.validUntil}</label>
          <input id={`${id}-until`} name="until" type="date" required />
        </div>
      </div>
      <fieldset>
        <legend>{texts.alsoFor}</legend>
        {coverages.map((coverage) => (
          <label key={coverage} className="choice">
            <input type="checkbox" name={coverage} />
            {texts.covers[coverage]}
          </label>
        ))}
      </fieldset>
      <div className="field">
        <label htmlFor={`${id}-school`}>{texts.onlySchool}</label>
        <input id={`${id}-school`} name="school" autoComplete="off" spellCheck={false} />
      </div>
      <div className="buttons">
        <Button purpose="primary" type="submit" busy={isBusy} aria-label={texts.recordOf(child.name ?? "")}>
          {texts.record}
        </Button>
        {onCancel && (
          <Button purpose="subtle" onClick={onCancel}>
            {cancel}
          </Button>
        )}
      </div>
    </form>
  );
}
