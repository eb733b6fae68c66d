import type { Ask } from "../api/ask.ts";
import { useGesture } from "../api/use-gesture.ts";
import { SchoolFacts } from "../circles/school-facts.tsx";
import { AskedButton } from "../elements/asked-button.tsx";
import { Notice } from "../elements/notice.tsx";
import { useFamilyTexts } from "../language/family/use-family-texts.ts";
import { useLanguage, useTexts } from "../language/language.ts";
import { dayOfMoment, lastDayBefore } from "../language/moments.ts";
import { type NamedSchool, type OwnConsent, withdraw } from "./operations.ts";

/** One consent of the parent: what it is for, with whom something was shared, and the way to take it back. */
export function OwnConsentPart(props: {
  readonly consent: OwnConsent;
  readonly viewKey: string;
  readonly ask: Ask;
  readonly onChange: () => Promise<void>;
}) {
  const { consent, viewKey, ask, onChange } = props;
  const { parent: texts, guidance } = useFamilyTexts();
  const { failure } = useTexts();
  const language = useLanguage();
  const { make, say, notice, isBusy } = useGesture(ask);
  const { id, state, validUntil, covers, schoolId: named, namedSchool, school, sharings } = consent;
  const takeBack = async () => {
    const outcome = await make(withdraw, { key: viewKey, consentId: id });
    if (outcome?.code !== undefined) say(texts.refusals[outcome.code] ?? failure.other);
    await onChange();
  };
  return (
    <>
      <p>
        <strong>{texts.states[state]}</strong>{" "}
        {state === "GIVEN" && texts.holdsUntil(lastDayBefore(validUntil, language))}
      </p>
      {state === "GIVEN" && <p className="hint">{guidance.covered(covers.map((cover) => guidance.covers[cover]))}</p>}
      <p className="hint">{named === null ? texts.forAnySchool : texts.forOneSchool(nameOf(named, namedSchool))}</p>
      {school?.name && <SchoolFacts name={school.name} city={school.city} contacts={school.contacts} />}
      {sharings.length > 0 && (
        <ul>
          {sharings.map(({ schoolId, school: shared, since, until }) => (
            <li key={`${schoolId} ${since}`}>
              {texts.shared(
                nameOf(schoolId, shared),
                dayOfMoment(new Date(since), language),
                until && dayOfMoment(new Date(until), language),
              )}
            </li>
          ))}
        </ul>
      )}
      <Notice>{notice}</Notice>
      {state === "GIVEN" && (
        <div className="buttons">
          <AskedButton
            text={texts.withdraw}
            lead={texts.withdrawLead}
            confirm={texts.confirmWithdraw}
            isBusy={isBusy}
            onConfirm={() => void takeBack()}
          />
        </div>
      )}
    </>
  );
}

/** A school that is out as well has a name, but where its part does not answer: then there is the site id. */
function nameOf(schoolId: string, school: NamedSchool): string {
  return school === null ? schoolId : [school.name, school.city].filter(Boolean).join(", ");
}
