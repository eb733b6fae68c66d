import "../styles/work-list.css";
import type { Ask } from "../api/ask.ts";
import type { Follow } from "../api/follow.ts";
import { useLiveList } from "../api/use-live-list.ts";
import { ConnectionLine } from "../elements/connection-line.tsx";
import { Frame } from "../elements/frame.tsx";
import { Overview } from "../elements/overview.tsx";
import { useNow } from "../elements/use-now.ts";
import { useOpened } from "../elements/use-opened.ts";
import { useTexts } from "../language/language.ts";
import type { Session } from "../session/session.ts";
import { ContactGaps } from "./contact-gaps.tsx";
import { workListSource } from "./operations.ts";
import { TaskRow } from "./task-row.tsx";
import { TaskView } from "./task-view.tsx";

/** The screen of Leerplicht officers. */
export default function WorkListScreen(props: {
  readonly session: Session;
  readonly ask: Ask;
  readonly follow: Follow;
  readonly onLanguage: () => void;
  readonly onSignOut: () => void;
}) {
  const { session, ask, follow, onLanguage, onSignOut } = props;
  const { workList } = useTexts();
  const { list, isCut, lostSince } = useLiveList(follow, ask, workListSource);
  const opened = useOpened();
  const now = useNow(15_000);
  const { id, close } = opened;
  const officer = session.person;
  return (
    <Frame title={workList.title} whose={session.name} isWide={true} onLanguage={onLanguage} onSignOut={onSignOut}>
      <ConnectionLine lostSince={lostSince} isRead={list !== undefined} />
      {id === undefined ? (
        <Overview
          texts={workList}
          items={list}
          isCut={isCut}
          opened={opened}
          row={(task) => <TaskRow task={task} officer={officer} now={now} />}
        >
          <ContactGaps ask={ask} />
        </Overview>
      ) : (
        <TaskView
          key={id}
          id={id}
          task={list?.find((task) => task.id === id)}
          officer={officer}
          ask={ask}
          onClose={(why) => close(id, why)}
        />
      )}
    </Frame>
  );
}
