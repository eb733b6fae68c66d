import { Button } from "@nl-design-system-candidate/button-react";
import { useEffect } from "react";
import type { Ask } from "../api/ask.ts";
import { useGesture } from "../api/use-gesture.ts";
import { SupporterFact } from "../circles/supporter-fact.tsx";
import { AskedButton } from "../elements/asked-button.tsx";
import { FocusedHeading } from "../elements/focused-heading.tsx";
import { Notice } from "../elements/notice.tsx";
import { useEscape } from "../elements/use-escape.ts";
import { useFamilyTexts } from "../language/family/use-family-texts.ts";
import { useLanguage } from "../language/language.ts";
import { dayOfMoment, listOf } from "../language/moments.ts";
import type { Talks } from "../talks/talks.ts";
import { ChildPart } from "./child-part.tsx";
import type { Family } from "./guidance.ts";
import { Invitations } from "./invitations.tsx";
import { endGuidance } from "./operations.ts";
import { SupporterForm } from "./supporter-form.tsx";
import { ViolenceForm } from "./violence-form.tsx";

/** One family: who accompanies them, and what a parent has agreed to for each child. */
export function FamilyView(props: {
  /** Undefined once guidance has ended. */
  readonly family: Family | undefined;
  readonly talks: Talks;
  readonly now: Date;
  readonly ask: Ask;
  /** @param why said in the list, where there is something to say. */
  readonly onClose: (why?: string) => void;
}) {
  const { family, talks, now, ask, onClose } = props;
  const { guidance: texts } = useFamilyTexts();
  const language = useLanguage();
  const { make, notice, isBusy } = useGesture(ask);
  useEscape(() => onClose());

  // Not only once a gesture that is under way has its answer: that may be long in coming, or not come.
  useEffect(() => {
    if (family === undefined) onClose(texts.endedByOther);
  }, [family, onClose, texts]);

  const end = async (guidanceId: string) => {
    const outcome = await make(endGuidance, { guidanceId });
    if (outcome !== undefined) onClose(outcome.__typename === "GuidanceEnded" ? texts.ended : texts.endedByOther);
  };

  if (family === undefined) return null;
  const { id, children, parents, supporter, startedAt } = family;
  return (
    <article className="task">
      <Button purpose="subtle" onClick={() => onClose()}>
        {texts.back}
      </Button>
      <FocusedHeading>
        {listOf(
          children.map(({ name }) => name ?? ""),
          language,
        )}
      </FocusedHeading>
      <dl className="facts">
        {supporter && <SupporterFact label={texts.supporter} supporter={supporter} />}
        <div>
          <dt>{texts.startedAt}</dt>
          <dd>{dayOfMoment(new Date(startedAt), language)}</dd>
        </div>
        <div>
          <dt>{texts.parents}</dt>
          <dd>
            {listOf(
              parents.map(({ name }) => name),
              language,
            )}
          </dd>
        </div>
      </dl>
      <SupporterForm family={family} ask={ask} />
      {children.map((child) => (
        <ChildPart key={child.id} child={child} family={family} talks={talks} now={now} ask={ask} />
      ))}
      <Invitations family={family} now={now} ask={ask} />
      <ViolenceForm family={family} ask={ask} />
      <section className="actions">
        <Notice>{notice}</Notice>
        <AskedButton
          text={texts.end}
          lead={texts.endLead}
          confirm={texts.confirmEnd}
          isBusy={isBusy}
          onConfirm={() => void end(id)}
        />
      </section>
    </article>
  );
}
