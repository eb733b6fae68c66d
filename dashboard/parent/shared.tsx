import { Heading } from "@nl-design-system-candidate/heading-react";
import { Paragraph } from "@nl-design-system-candidate/paragraph-react";
import type { Ask } from "../api/ask.ts";
import { SupporterFact } from "../circles/supporter-fact.tsx";
import { FocusedHeading } from "../elements/focused-heading.tsx";
import { useFamilyTexts } from "../language/family/use-family-texts.ts";
import { useLanguage } from "../language/language.ts";
import { timeOf } from "../language/moments.ts";
import { Agreed } from "../talks/agreed.tsx";
import { TalkFacts } from "../talks/talk-facts.tsx";
import type { ParentView } from "./operations.ts";
import { OwnConsentPart } from "./own-consent-part.tsx";

/** What a parent's consents led to. */
export function Shared(props: {
  readonly viewKey: string;
  readonly view: ParentView;
  readonly ask: Ask;
  readonly onChange: () => Promise<void>;
}) {
  const { viewKey, view, ask, onChange } = props;
  const { parent: texts, talks } = useFamilyTexts();
  const language = useLanguage();
  const { supporter, children, conversations, until } = view;
  return (
    <article className="message">
      <FocusedHeading>{texts.title}</FocusedHeading>
      <Paragraph>{texts.until(timeOf(new Date(until), language))}</Paragraph>
      {supporter && (
        <dl className="facts">
          <SupporterFact label={texts.supporter} supporter={supporter} />
        </dl>
      )}
      {children.map(({ id, name, consents }) => (
        <section key={id} className="family-child">
          <Heading level={2}>{name}</Heading>
          {consents.map((consent) => (
            <OwnConsentPart key={consent.id} consent={consent} viewKey={viewKey} ask={ask} onChange={onChange} />
          ))}
        </section>
      ))}
      {conversations.length > 0 && (
        <section className="talks">
          <Heading level={2}>{talks.title}</Heading>
          <ul>
            {conversations.map((talk) => (
              <li key={talk.id} className="talk">
                <TalkFacts talk={talk} />
                <Agreed actions={talk.actions} isBusy={false} onKept={undefined} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </article>
  );
}
