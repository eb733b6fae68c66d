import "../styles/work-list.css";
import "../styles/guidance.css";
import { Button } from "@nl-design-system-candidate/button-react";
import type { Ask } from "../api/ask.ts";
import type { Follow } from "../api/follow.ts";
import { useLiveList } from "../api/use-live-list.ts";
import { ConnectionLine } from "../elements/connection-line.tsx";
import { Frame } from "../elements/frame.tsx";
import { Overview } from "../elements/overview.tsx";
import { useNow } from "../elements/use-now.ts";
import { useOpened } from "../elements/use-opened.ts";
import { useFamilyTexts } from "../language/family/use-family-texts.ts";
import { type Language, useLanguage } from "../language/language.ts";
import { dayOfMoment, listOf } from "../language/moments.ts";
import type { Session } from "../session/session.ts";
import { talksAtShelter } from "../talks/operations.ts";
import type { Talks } from "../talks/talks.ts";
import { FamilyView } from "./family-view.tsx";
import { consentsOf, type Family } from "./guidance.ts";
import { familiesSource } from "./operations.ts";
import { StartForm } from "./start-form.tsx";

const noTalks: Talks = [];

/** In the place of a family's id. */
const newFamily = "new";

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
  const { list, isCut, lostSince } = useLiveList(follow, ask, familiesSource);
  const { list: talks = noTalks } = useLiveList(follow, ask, talksAtShelter);
  const opened = useOpened();
  const now = useNow(60_000);
  const { id, open, close } = opened;
  return (
    <Frame title={guidance.title} whose={session.name} isWide={true} onLanguage={onLanguage} onSignOut={onSignOut}>
      <ConnectionLine lostSince={lostSince} isRead={list !== undefined} />
      {id === undefined ? (
        <>
          <Overview
            texts={guidance}
            items={list}
            isCut={isCut}
            opened={opened}
            row={(family) => <Row family={family} now={now} />}
          />
          <div className="buttons">
            <Button purpose="secondary" onClick={() => open(newFamily)}>
              {guidance.start}
            </Button>
          </div>
        </>
      ) : id === newFamily ? (
        <StartForm ask={ask} onClose={(why) => close(newFamily, why)} />
      ) : (
        <FamilyView
          key={id}
          family={list?.find((family) => family.id === id)}
          talks={talks}
          now={now}
          ask={ask}
          onClose={(why) => close(id, why)}
        />
      )}
    </Frame>
  );
}

function Row({ family, now }: { readonly family: Family; readonly now: Date }) {
  const { guidance } = useFamilyTexts();
  const language = useLanguage();
  const { children, supporter, startedAt } = family;
  const agreed = children.filter((child) => consentsOf(child, now).length > 0).length;
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
