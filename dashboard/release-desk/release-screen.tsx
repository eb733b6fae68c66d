import "../styles/work-list.css";
import type { Ask } from "../api/ask.ts";
import type { Follow } from "../api/follow.ts";
import { useLiveList } from "../api/use-live-list.ts";
import { nameOf } from "../elements/child.ts";
import { ConnectionLine } from "../elements/connection-line.tsx";
import { Frame } from "../elements/frame.tsx";
import { Overview } from "../elements/overview.tsx";
import { TimeLeft } from "../elements/time-left.tsx";
import { useNow } from "../elements/use-now.ts";
import { useOpened } from "../elements/use-opened.ts";
import { useLanguage, useTexts } from "../language/language.ts";
import { birthDateOf } from "../language/moments.ts";
import type { Session } from "../session/session.ts";
import { releaseListSource } from "./operations.ts";
import type { ReleaseTask } from "./release-list.ts";
import { ReleaseView } from "./release-view.tsx";

/** The screen of a region's release desk: signals that go on by themselves unless somebody stops them. */
export default function ReleaseScreen(props: {
  readonly session: Session;
  readonly ask: Ask;
  readonly follow: Follow;
  readonly onLanguage: () => void;
  readonly onSignOut: () => void;
}) {
  const { session, ask, follow, onLanguage, onSignOut } = props;
  const { release } = useTexts();
  const { list, isCut, lostSince } = useLiveList(follow, ask, releaseListSource);
  const opened = useOpened();
  const now = useNow(15_000);
  const { id, close } = opened;
  return (
    <Frame title={release.title} whose={session.name} isWide={true} onLanguage={onLanguage} onSignOut={onSignOut}>
      <ConnectionLine lostSince={lostSince} isRead={list !== undefined} />
      {id === undefined ? (
        <Overview
          texts={release}
          items={list}
          isCut={isCut}
          opened={opened}
          row={(task) => <Row task={task} now={now} />}
        />
      ) : (
        <ReleaseView
          key={id}
          id={id}
          task={list?.find((task) => task.id === id)}
          now={now}
          ask={ask}
          onClose={(why) => close(id, why)}
        />
      )}
    </Frame>
  );
}

function Row({ task: { child, actBy }, now }: { readonly task: ReleaseTask; readonly now: Date }) {
  const { child: texts } = useTexts();
  const language = useLanguage();
  return (
    <>
      <span className="task-row__child">{nameOf(child, texts)}</span>
      <span className="task-row__reason">
        {child.birthDate && `${texts.born} ${birthDateOf(child.birthDate, language)}`}
      </span>
      <span className="task-row__left">
        <TimeLeft until={actBy} now={now} />
      </span>
    </>
  );
}
