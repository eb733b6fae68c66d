import "../styles/work-list.css";
import { Button } from "@nl-design-system-candidate/button-react";
import { lazy, Suspense } from "react";
import type { Ask } from "../api/ask.ts";
import type { Follow } from "../api/follow.ts";
import { useLiveList } from "../api/use-live-list.ts";
import { Boundary } from "../elements/boundary.tsx";
import { ConnectionLine } from "../elements/connection-line.tsx";
import { Frame } from "../elements/frame.tsx";
import { Notice } from "../elements/notice.tsx";
import { Overview } from "../elements/overview.tsx";
import { useNow } from "../elements/use-now.ts";
import { useOpened } from "../elements/use-opened.ts";
import { useTexts } from "../language/language.ts";
import type { Session } from "../session/session.ts";
import { ContactGaps } from "./contact-gaps.tsx";
import { EndedView } from "./ended-view.tsx";
import { workListSource } from "./operations.ts";
import { TaskRow } from "./task-row.tsx";
import { TaskView } from "./task-view.tsx";

// Of those who support a family, and seldom used: the list does not wait for it.
const AbsencesView = lazy(() => import("../pupil-absences/absences-view.tsx"));

/** The screen of Leerplicht officers. */
export default function WorkListScreen(props: {
  readonly session: Session;
  readonly ask: Ask;
  readonly follow: Follow;
  readonly onLanguage: () => void;
  readonly onSignOut: () => void;
}) {
  const { session, ask, follow, onLanguage, onSignOut } = props;
  const { workList, failure } = useTexts();
  const { list, isCut, lostSince, lastEvent } = useLiveList(follow, ask, workListSource);
  const opened = useOpened();
  const now = useNow(15_000);
  const { id, open, close } = opened;
  const officer = session.person;

  /** In the place of a view whose code cannot be loaded. */
  const unshown = (
    <>
      <Notice>{failure.unread}</Notice>
      <Button purpose="subtle" onClick={() => id && close(id)}>
        {workList.back}
      </Button>
    </>
  );
  const view = () => {
    switch (id) {
      case undefined:
        return (
          <>
            <Overview
              texts={workList}
              items={list}
              isCut={isCut}
              opened={opened}
              row={(task) => <TaskRow task={task} officer={officer} now={now} />}
            >
              <ContactGaps ask={ask} />
            </Overview>
            <div className="buttons">
              {session.may("absences:report") && (
                <Button purpose="secondary" onClick={() => open("absences")}>
                  {workList.absences}
                </Button>
              )}
              <Button purpose="secondary" onClick={() => open("ended")}>
                {workList.ended}
              </Button>
            </div>
          </>
        );
      case "absences":
        return <AbsencesView follow={follow} ask={ask} onClose={() => close(id)} />;
      case "ended":
        return <EndedView ask={ask} onClose={() => close(id)} />;
      default:
        return (
          <TaskView
            key={id}
            id={id}
            task={list?.find((task) => task.id === id)}
            outcome={lastEvent?.task.id === id ? lastEvent.task.outcome : null}
            officer={officer}
            ask={ask}
            onClose={(why) => close(id, why)}
          />
        );
    }
  };

  return (
    <Frame title={workList.title} whose={session.name} isWide={true} onLanguage={onLanguage} onSignOut={onSignOut}>
      <ConnectionLine lostSince={lostSince} isRead={list !== undefined} />
      <Boundary key={id} fallback={unshown}>
        <Suspense>{view()}</Suspense>
      </Boundary>
    </Frame>
  );
}
