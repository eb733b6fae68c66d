import "../styles/work-list.css";
import { Heading } from "@nl-design-system-candidate/heading-react";
import { Paragraph } from "@nl-design-system-candidate/paragraph-react";
import { useRef, useState } from "react";
import type { Ask } from "../api/ask.ts";
import type { Follow } from "../api/follow.ts";
import { useLiveList } from "../api/use-live-list.ts";
import { nameOf } from "../elements/child.ts";
import { ConnectionLine } from "../elements/connection-line.tsx";
import { Frame } from "../elements/frame.tsx";
import { KeyboardList } from "../elements/keyboard-list.tsx";
import { Notice } from "../elements/notice.tsx";
import { TimeLeft } from "../elements/time-left.tsx";
import { useNow } from "../elements/use-now.ts";
import { useLanguage, useTexts } from "../language/language.ts";
import { birthDateOf } from "../language/moments.ts";
import type { Session } from "../session/session.ts";
import { releaseListSource } from "./operations.ts";
import type { ReleaseTask, ReleaseTasks } from "./release-list.ts";
import { ReleaseView } from "./release-view.tsx";

const none: ReleaseTasks = [];

/** The screen of a region's release desk: signals that go on by themselves unless somebody stops them. */
export default function ReleaseScreen(props: {
  readonly session: Session;
  readonly ask: Ask;
  readonly follow: Follow;
  readonly onLanguage: () => void;
  readonly onSignOut: () => void;
}) {
  const { session, ask, follow, onLanguage, onSignOut } = props;
  const { release, keys } = useTexts();
  const { list, lostSince } = useLiveList(follow, ask, releaseListSource);
  const [openId, setOpenId] = useState<string>();
  const [notice, setNotice] = useState<string>();
  const place = useRef<number>(undefined);
  const now = useNow(15_000);

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
    <Frame title={release.title} whose={session.name} isWide={true} onLanguage={onLanguage} onSignOut={onSignOut}>
      <ConnectionLine lostSince={lostSince} isRead={list !== undefined} />
      {openId === undefined ? (
        <>
          <Heading level={1}>{release.title}</Heading>
          <Notice>{notice}</Notice>
          {list?.length === 0 ? (
            <div className="empty">
              <Heading level={2}>{release.empty}</Heading>
              <Paragraph>{release.emptyLead}</Paragraph>
            </div>
          ) : (
            <Paragraph>{`${release.lead} ${keys}`}</Paragraph>
          )}
          <KeyboardList
            items={list ?? none}
            returnTo={place.current}
            onOpen={open}
            row={(task) => <Row task={task} now={now} />}
          />
        </>
      ) : (
        <ReleaseView
          key={openId}
          id={openId}
          task={list?.find(({ id }) => id === openId)}
          now={now}
          ask={ask}
          onClose={close}
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
