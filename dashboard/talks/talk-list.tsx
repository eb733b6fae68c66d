import "../styles/talks.css";
import { Button } from "@nl-design-system-candidate/button-react";
import { Heading } from "@nl-design-system-candidate/heading-react";
import type { Ask } from "../api/ask.ts";
import { Notice } from "../elements/notice.tsx";
import { useFamilyTexts } from "../language/family/use-family-texts.ts";
import { callForTalk } from "./operations.ts";
import { TalkCard } from "./talk-card.tsx";
import type { Talks } from "./talks.ts";
import { useTalkGesture } from "./use-talk-gesture.ts";

/** The talks about one child, and the call for one. */
export function TalkList(props: {
  readonly talks: Talks;
  /** Of whom they are about, as they name it. */
  readonly about: string;
  /** The support circle; undefined while there is none: nobody can call for a talk then. */
  readonly circleId: string | undefined;
  readonly ask: Ask;
}) {
  const { talks, about, circleId, ask } = props;
  const { talks: texts } = useFamilyTexts();
  const { make, isBusy, notice } = useTalkGesture(ask);
  const ours = talks.filter((talk) => talk.about?.id === about);
  if (ours.length === 0 && circleId === undefined) return null;
  const hasOneToCome = ours.some(({ status }) => status !== "HELD" && status !== "CANCELLED");
  return (
    <section className="talks">
      <Heading level={3}>{texts.title}</Heading>
      <Notice>{notice}</Notice>
      {ours.length === 0 && <p className="hint">{texts.none}</p>}
      <ul>
        {ours.map((talk) => (
          <li key={talk.id}>
            <TalkCard talk={talk} ask={ask} />
          </li>
        ))}
      </ul>
      {circleId !== undefined && !hasOneToCome && (
        <div className="buttons">
          <Button purpose="secondary" busy={isBusy} onClick={() => void make(callForTalk, { circleId })}>
            {texts.call}
          </Button>
        </div>
      )}
    </section>
  );
}
