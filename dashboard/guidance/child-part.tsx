import { Heading } from "@nl-design-system-candidate/heading-react";
import type { Ask } from "../api/ask.ts";
import { useGesture } from "../api/use-gesture.ts";
import { SchoolFacts } from "../circles/school-facts.tsx";
import { AskedButton } from "../elements/asked-button.tsx";
import { Notice } from "../elements/notice.tsx";
import { useFamilyTexts } from "../language/family/use-family-texts.ts";
import { useLanguage, useTexts } from "../language/language.ts";
import { birthDateOf, lastDayBefore } from "../language/moments.ts";
import { TalkList } from "../talks/talk-list.tsx";
import type { Talks } from "../talks/talks.ts";
import { ConsentForm } from "./consent-form.tsx";
import { consentOf, type Family, type GuidedChild } from "./guidance.ts";
import { withdrawConsent } from "./operations.ts";

/** One child of a family: whether a parent agrees and, while that holds, the school. */
export function ChildPart(props: {
  readonly child: GuidedChild;
  readonly family: Family;
  readonly talks: Talks;
  readonly now: Date;
  readonly ask: Ask;
}) {
  const { child, family, talks, now, ask } = props;
  const { guidance: texts } = useFamilyTexts();
  const { child: words } = useTexts();
  const language = useLanguage();
  const { make, say, notice, isBusy } = useGesture(ask);
  const consent = consentOf(child, now);
  const withdraw = async (consentId: string) => {
    const outcome = await make(withdrawConsent, { consentId });
    if (outcome !== undefined) say(outcome.__typename === "ConsentWithdrawn" ? texts.withdrawn : texts.changed);
  };
  return (
    <section className="family-child">
      <Heading level={2}>{child.name}</Heading>
      {child.birthDate && <p className="hint">{`${words.born} ${birthDateOf(child.birthDate, language)}`}</p>}
      <Notice>{notice}</Notice>
      {consent === undefined ? (
        <>
          <p>{texts.noConsent}</p>
          <ConsentForm child={child} family={family} ask={ask} onNotice={say} />
        </>
      ) : (
        <>
          <p>{texts.consent(consent.givenBy?.name ?? texts.aParent, lastDayBefore(consent.validUntil, language))}</p>
          <p className="hint">{texts.covered(consent.covers.map((cover) => texts.covers[cover]))}</p>
          <School school={child.school} />
          <div className="buttons">
            <AskedButton
              text={texts.withdraw}
              label={texts.withdrawOf(child.name ?? "")}
              lead={texts.withdrawLead}
              confirm={texts.confirmWithdraw}
              isBusy={isBusy}
              onConfirm={() => void withdraw(consent.id)}
            />
          </div>
        </>
      )}
      <TalkList talks={talks} about={child.id} circleId={child.school === null ? undefined : consent?.id} ask={ask} />
    </section>
  );
}

function School({ school }: Pick<GuidedChild, "school">) {
  const { guidance: texts } = useFamilyTexts();
  if (school === null || school.name === null) return <p role="status">{texts.schoolSearched}</p>;
  return <SchoolFacts name={school.name} city={school.city} contacts={school.contacts} />;
}
