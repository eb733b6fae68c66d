import "../styles/circles.css";
import { Button } from "@nl-design-system-candidate/button-react";
import { Heading } from "@nl-design-system-candidate/heading-react";
import { Paragraph } from "@nl-design-system-candidate/paragraph-react";
import type { Ask } from "../api/ask.ts";
import type { Follow } from "../api/follow.ts";
import { useLiveList } from "../api/use-live-list.ts";
import { CoverLine } from "../elements/cover-line.tsx";
import { FocusedHeading } from "../elements/focused-heading.tsx";
import { Notice } from "../elements/notice.tsx";
import { useCover } from "../elements/use-cover.ts";
import { useFamilyTexts } from "../language/family/use-family-texts.ts";
import { useLanguage, useTexts } from "../language/language.ts";
import { dayOfMoment } from "../language/moments.ts";
import { talksAtSchool } from "../talks/operations.ts";
import { TalkList } from "../talks/talk-list.tsx";
import type { Talks } from "../talks/talks.ts";
import type { Circle } from "./circles.ts";
import { circlesSource } from "./operations.ts";
import { SupporterFact } from "./supporter-fact.tsx";

const none: Talks = [];

/**
 * The pupils whom school and supporter support together, because a parent agrees. It names them, so it leaves the
 * screen as a message does; and it has nothing to do with messages.
 */
export default function CirclesView(props: {
  readonly follow: Follow;
  readonly ask: Ask;
  readonly onClose: (why?: string) => void;
}) {
  const { follow, ask, onClose } = props;
  const { circles: texts } = useFamilyTexts();
  const { message } = useTexts();
  const { list, lostSince } = useLiveList(follow, ask, circlesSource);
  const { list: talks = none } = useLiveList(follow, ask, talksAtSchool);
  const cover = useCover(() => onClose());
  return (
    // Who fills something in is looking: it must not go under their hands.
    <article className="message" onInput={cover.showLonger} onFocus={cover.showLonger}>
      <Button purpose="subtle" onClick={() => onClose()}>
        {message.back}
      </Button>
      <FocusedHeading>{texts.title}</FocusedHeading>
      <Paragraph>{texts.lead}</Paragraph>
      <Notice>{lostSince && list === undefined ? texts.unread : undefined}</Notice>
      {list?.length === 0 && <p className="hint">{texts.empty}</p>}
      <ul className="circles">
        {list?.map((circle) => (
          <li key={circle.id}>
            <CircleCard circle={circle} />
            <TalkList talks={talks} about={circle.id} circleId={circle.id} ask={ask} />
          </li>
        ))}
      </ul>
      <CoverLine cover={cover} />
    </article>
  );
}

function CircleCard({ circle: { pupil, since, supporter } }: { readonly circle: Circle }) {
  const { circles: texts } = useFamilyTexts();
  const language = useLanguage();
  return (
    <>
      <Heading level={2}>{pupil?.displayName ?? texts.pupilGone}</Heading>
      <p className="hint">
        {[pupil?.group?.name, texts.since(dayOfMoment(new Date(since), language))].filter(Boolean).join(" · ")}
      </p>
      <dl className="facts">
        <SupporterFact label={texts.supporter} supporter={supporter} />
      </dl>
    </>
  );
}
