import { Button } from "@nl-design-system-candidate/button-react";
import { Heading } from "@nl-design-system-candidate/heading-react";
import { useState } from "react";
import type { Ask } from "../api/ask.ts";
import { useGesture } from "../api/use-gesture.ts";
import { SchoolFacts } from "../circles/school-facts.tsx";
import { Notice } from "../elements/notice.tsx";
import { useFamilyTexts } from "../language/family/use-family-texts.ts";
import { useLanguage, useTexts } from "../language/language.ts";
import { birthDateOf } from "../language/moments.ts";
import { TalkList } from "../talks/talk-list.tsx";
import type { Talks } from "../talks/talks.ts";
import { ConsentForm } from "./consent-form.tsx";
import { ConsentPart } from "./consent-part.tsx";
import { type Consent, consentsOf, type Family, type GuidedChild } from "./guidance.ts";
import { withdrawConsent } from "./operations.ts";

/** One child of a family: which parents agree and, while one does, the school. */
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
  const [isAsking, setAsking] = useState(false);
  const consents = consentsOf(child, now);
  const [first] = consents;
  const isLast = consents.length === 1;
  const withdraw = async ({ id }: Consent) => {
    const outcome = await make(withdrawConsent, { consentId: id });
    if (outcome === undefined) return;
    if (outcome.__typename !== "ConsentWithdrawn") return say(texts.changed);
    say(isLast ? texts.withdrawn : texts.withdrawnOne);
  };
  const recorded = (text: string) => {
    setAsking(false);
    say(text);
  };
  return (
    <section className="family-child">
      <Heading level={2}>{child.name}</Heading>
      {child.birthDate && <p className="hint">{`${words.born} ${birthDateOf(child.birthDate, language)}`}</p>}
      <Notice>{notice}</Notice>
      {first === undefined && <p>{texts.noConsent}</p>}
      {consents.map((consent) => (
        <ConsentPart
          key={consent.id}
          consent={consent}
          child={child.name ?? ""}
          isLast={isLast}
          isBusy={isBusy}
          onWithdraw={() => void withdraw(consent)}
        />
      ))}
      {first !== undefined && <School school={child.school} />}
      {first === undefined || isAsking ? (
        <ConsentForm
          child={child}
          family={family}
          ask={ask}
          onRecorded={recorded}
          onCancel={isAsking ? () => setAsking(false) : undefined}
        />
      ) : (
        <div className="buttons">
          <Button purpose="secondary" onClick={() => setAsking(true)} aria-label={texts.oneMoreOf(child.name ?? "")}>
            {texts.oneMore}
          </Button>
        </div>
      )}
      <TalkList talks={talks} about={child.id} circleId={child.school === null ? undefined : first?.id} ask={ask} />
    </section>
  );
}

function School({ school }: Pick<GuidedChild, "school">) {
  const { guidance: texts } = useFamilyTexts();
  if (school === null || school.name === null) return <p role="status">{texts.schoolSearched}</p>;
  return <SchoolFacts name={school.name} city={school.city} contacts={school.contacts} />;
}
