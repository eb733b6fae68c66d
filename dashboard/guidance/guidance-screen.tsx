import "../styles/work-list.css";
import "../styles/guidance.css";
import { Button } from "@nl-design-system-candidate/button-react";
import { Heading } from "@nl-design-system-candidate/heading-react";
import { Paragraph } from "@nl-design-system-candidate/paragraph-react";
import { useRef, useState } from "react";
import type { Ask } from "../api/ask.ts";
import type { Follow } from "../api/follow.ts";
import { useLiveList } from "../api/use-live-list.ts";
import { ConnectionLine } from "../elements/connection-line.tsx";
import { Frame } from "../elements/frame.tsx";
import { KeyboardList } from "../elements/keyboard-list.tsx";
import { Notice } from "../elements/notice.tsx";
import { useNow } from "../elements/use-now.ts";
import { useFamilyTexts } from "../language/family/use-family-texts.ts";
import { type Language, useLanguage, useTexts } from "../language/language.ts";
import { dayOfMoment, listOf } from "../language/moments.ts";
import type { Session } from "../session/session.ts";
import { talksAtShelter } from "../talks/operations.ts";
import type { Talks } from "../talks/talks.ts";
import { FamilyView } from "./family-view.tsx";
import { consentOf, type Families, type Family } from "./guidance.ts";
import { familiesSource } from "./operations.ts";
import { StartForm } from "./start-form.tsx";

const none: Families = [];
const noTalks: Talks = [];

/** The screen of a shelter's workers: the families whom they guide, and for which children a parent agrees. */
export default function GuidanceScreen(props: {
  readonly session: Session;
  readonly ask: Ask;
  readonly follow: Follow;
  readonly onLanguage: () => void;
  readonly onSignOut: () => void;
}) {
  const { session, ask, follow, onLanguage, onSignOut } = props;
  const { guidance } = useFamilyTexts();
  const { keys } = useTexts();
  const { list, lostSince } = useLiveList(follow, ask, familiesSource);
  const { list: talks = noTalks } = useLiveList(follow, ask, talksAtShelter);
  const [openId, setOpenId] = useState<string>();
  const [isStarting, setStarting] = useState(false);
  const [notice, setNotice] = useState<string>();
  const place = useRef<number>(undefined);
  const now = useNow(60_000);

  const open = (id: string, at: number) => {
    place.current = at;
    setNotice(undefined);
    setOpenId(id);
  };
  const close = (why?: string) => {
    setOpenId(undefined);
    setStarting(false);
    setNotice(why);
  };

  return (
    <Frame title={guidance.title} whose={session.name} isWide={true} onLanguage={onLanguage} onSignOut={onSignOut}>
      <ConnectionLine lostSince={lostSince} isRead={list !== undefined} />
      {isStarting ? (
        <StartForm ask={ask} onClose={close} />
      ) : openId === undefined ? (
        <>
          <Heading level={1}>{guidance.title}</Heading>
          <Notice>{notice}</Notice>
          {list?.length === 0 ? (
            <div className="empty">
              <Heading level={2}>{guidance.empty}</Heading>
              <Paragraph>{guidance.emptyLead}</Paragraph>
            </div>
          ) : (
            <Paragraph>{`${guidance.lead} ${keys}`}</Paragraph>
          )}
          <KeyboardList
            items={list ?? none}
            returnTo={place.current}
            onOpen={open}
            row={(family) => <Row family={family} now={now} />}
          />
          <div className="buttons">
            <Button purpose="secondary" onClick={() => setStarting(true)}>
              {guidance.start}
            </Button>
          </div>
        </>
      ) : (
        <FamilyView
          key={openId}
          family={list?.find(({ id }) => id === openId)}
          talks={talks}
          now={now}
          ask={ask}
          onClose={close}
        />
      )}
    </Frame>
  );
}

function Row({ family, now }: { readonly family: Family; readonly now: Date }) {
  const { guidance } = useFamilyTexts();
  const language = useLanguage();
  const { children, supporter, startedAt } = family;
  const agreed = children.filter((child) => consentOf(child, now) !== undefined).length;
  return (
    <>
      <span className="task-row__child">{namesOf(family, language)}</span>
      <span className="task-row__reason">
        {supporter?.name}
        <span className="task-row__school">{guidance.since(dayOfMoment(new Date(startedAt), language))}</span>
      </span>
      <span className="task-row__left">{guidance.agreed(agreed, children.length)}</span>
    </>
  );
}

/** The children of a family, by whose names it is known on the screen. */
function namesOf({ children }: Family, language: Language): string {
  return listOf(
    children.map(({ name }) => name ?? "").filter((name) => name !== ""),
    language,
  );
}
