import "../styles/inbox.css";
import { Button } from "@nl-design-system-candidate/button-react";
import { lazy, Suspense } from "react";
import type { Ask } from "../api/ask.ts";
import type { Follow } from "../api/follow.ts";
import { useLiveList } from "../api/use-live-list.ts";
import { Boundary } from "../elements/boundary.tsx";
import { ConnectionLine } from "../elements/connection-line.tsx";
import { Frame } from "../elements/frame.tsx";
import { Notice } from "../elements/notice.tsx";
import { useOpened } from "../elements/use-opened.ts";
import { useTexts } from "../language/language.ts";
import type { Session } from "../session/session.ts";
import { Aside } from "./aside.tsx";
import { MessageList } from "./message-list.tsx";
import { OpenMessage } from "./open-message.tsx";
import { inboxSource } from "./source.ts";
import { useNotices } from "./use-notices.ts";

// Seldom used: the list does not wait for it.
const CirclesView = lazy(() => import("../circles/circles-view.tsx"));
const AvailabilityView = lazy(() => import("../availability/availability-view.tsx"));

/** The screen of a school's contact persons. */
export default function InboxScreen(props: {
  readonly session: Session;
  readonly ask: Ask;
  readonly follow: Follow;
  readonly onLanguage: () => void;
  readonly onSignOut: () => void;
}) {
  const { session, ask, follow, onLanguage, onSignOut } = props;
  const { inbox, message, failure } = useTexts();
  const { list, isCut, lostSince, lastEvent } = useLiveList(follow, ask, inboxSource);
  const { id, lastId, notice, open, close } = useOpened();
  // Whatever is on the screen: a message may come while another is open.
  const notices = useNotices(list?.items);
  const hasNew = list?.items.some(({ status }) => status === "RAISED") ?? false;
  const isTeacher = session.role === "teacher";

  /** In the place of a view whose code cannot be loaded. */
  const unshown = (
    <>
      <Notice>{failure.unread}</Notice>
      <Button purpose="subtle" onClick={() => id && close(id)}>
        {message.back}
      </Button>
    </>
  );
  const view = () => {
    switch (id) {
      case undefined:
        return (
          <>
            <MessageList items={list?.items} isCut={isCut} notice={notice} returnTo={lastId} onOpen={open} />
            {list && (
              <Aside
                inbox={list}
                notices={notices}
                hasCircles={session.may("circles:read")}
                isTeacher={isTeacher}
                returnTo={lastId}
                ask={ask}
                onOpen={open}
              />
            )}
          </>
        );
      case "availability":
        return <AvailabilityView ask={ask} onClose={() => close(id)} />;
      case "circles":
        return <CirclesView follow={follow} ask={ask} onClose={() => close(id)} />;
      default:
        return (
          <OpenMessage
            key={id}
            id={id}
            ask={ask}
            lastEvent={lastEvent}
            isTeacher={isTeacher}
            onClose={(why) => close(id, why)}
          />
        );
    }
  };

  return (
    <Frame
      title={hasNew ? inbox.newMessage : inbox.title}
      whose={list?.schools.map(({ name }) => name).join(", ")}
      onLanguage={onLanguage}
      onSignOut={onSignOut}
    >
      <ConnectionLine lostSince={lostSince} isRead={list !== undefined} />
      <Boundary key={id} fallback={unshown}>
        <Suspense>{view()}</Suspense>
      </Boundary>
    </Frame>
  );
}
