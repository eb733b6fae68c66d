import "../styles/inbox.css";
import { Button } from "@nl-design-system-candidate/button-react";
import { lazy, Suspense, useRef, useState } from "react";
import type { Ask } from "../api/ask.ts";
import type { Follow } from "../api/follow.ts";
import { useLiveList } from "../api/use-live-list.ts";
import { Boundary } from "../elements/boundary.tsx";
import { ConnectionLine } from "../elements/connection-line.tsx";
import { Frame } from "../elements/frame.tsx";
import { Notice } from "../elements/notice.tsx";
import { useTexts } from "../language/language.ts";
import type { Session } from "../session/session.ts";
import type { InboxEvent } from "./inbox.ts";
import { MessageList } from "./message-list.tsx";
import { Notifications } from "./notifications.tsx";
import { OpenMessage } from "./open-message.tsx";
import { practise } from "./operations.ts";
import { inboxSource } from "./source.ts";

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
  const { inbox, availability, failure } = useTexts();
  const [openId, setOpenId] = useState<string>();
  const [notice, setNotice] = useState<string>();
  const lastId = useRef<string>(undefined);
  const [raised, setRaised] = useState(0);
  const onEvent = ({ kind }: InboxEvent) => {
    if (kind === "RAISED") setRaised((count) => count + 1);
  };
  const { list, lostSince, lastEvent } = useLiveList(follow, ask, inboxSource, onEvent);
  const hasNew = list?.items.some(({ status }) => status === "RAISED") ?? false;

  const open = (id: string) => {
    lastId.current = id;
    setNotice(undefined);
    setOpenId(id);
  };
  const isTeacher = session.role === "teacher";
  const practiseAt = async (schoolId: string | undefined) => {
    if (schoolId === undefined) return;
    const { result } = await ask(practise, { schoolId }).catch(() => ({ result: undefined }));
    setNotice(result === undefined ? failure.unreachable : undefined);
  };
  const [aside, setAside] = useState<"availability" | "circles">();
  const close = (why?: string) => {
    setOpenId(undefined);
    setNotice(why);
  };

  return (
    <Frame
      title={hasNew ? inbox.newMessage : inbox.title}
      whose={list?.schools.map(({ name }) => name).join(", ")}
      onLanguage={onLanguage}
      onSignOut={onSignOut}
    >
      <ConnectionLine lostSince={lostSince} isRead={list !== undefined} />
      {aside ? (
        <Boundary fallback={<Notice>{failure.unreachable}</Notice>}>
          <Suspense>
            {aside === "availability" ? (
              <AvailabilityView ask={ask} onClose={() => setAside(undefined)} />
            ) : (
              <CirclesView follow={follow} ask={ask} onClose={() => setAside(undefined)} />
            )}
          </Suspense>
        </Boundary>
      ) : openId === undefined ? (
        <>
          <MessageList items={list?.items} notice={notice} returnTo={lastId.current} onOpen={open} />
          {list && (
            <div className="aside">
              <Notifications raised={raised} />
              {!isTeacher && (
                <>
                  <Button purpose="subtle" onClick={() => setAside("availability")}>
                    {availability.open}
                  </Button>
                  {session.may("circles:read") && (
                    <Button purpose="subtle" onClick={() => setAside("circles")}>
                      {inbox.circles}
                    </Button>
                  )}
                  <Button purpose="subtle" onClick={() => void practiseAt(list.schools[0]?.id)}>
                    {inbox.practise}
                  </Button>
                </>
              )}
            </div>
          )}
        </>
      ) : (
        <OpenMessage key={openId} id={openId} ask={ask} lastEvent={lastEvent} isTeacher={isTeacher} onClose={close} />
      )}
    </Frame>
  );
}
