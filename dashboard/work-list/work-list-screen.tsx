import "../styles/work-list.css";
import { useRef, useState } from "react";
import type { Ask } from "../api/ask.ts";
import type { Follow } from "../api/follow.ts";
import { useLiveList } from "../api/use-live-list.ts";
import { ConnectionLine } from "../elements/connection-line.tsx";
import { Frame } from "../elements/frame.tsx";
import { useTexts } from "../language/language.ts";
import type { Session } from "../session/session.ts";
import { ContactGaps } from "./contact-gaps.tsx";
import { workListSource } from "./operations.ts";
import { TaskList } from "./task-list.tsx";
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
  const { list, lostSince } = useLiveList(follow, ask, workListSource);
  const [openId, setOpenId] = useState<string>();
  const [notice, setNotice] = useState<string>();
  /** Where in the list the last task stood: when it is done, the next one has its place. */
  const place = useRef<number>(undefined);
  const task = list?.find(({ id }) => id === openId);

  const open = (id: string, at: number) => {
    place.current = at;
    setNotice(undefined);
    setOpenId(id);
  };
  const close = (why?: string) => {
    setOpenId(undefined);
    setNotice(why);
  };

  return (
    <Frame title={workList.title} whose={session.name} isWide={true} onLanguage={onLanguage} onSignOut={onSignOut}>
      <ConnectionLine lostSince={lostSince} isRead={list !== undefined} />
      {openId === undefined ? (
        <>
          <ContactGaps ask={ask} />
          <TaskList tasks={list} officer={session.person} notice={notice} returnTo={place.current} onOpen={open} />
        </>
      ) : (
        <TaskView key={openId} id={openId} task={task} officer={session.person} ask={ask} onClose={close} />
      )}
    </Frame>
  );
}
