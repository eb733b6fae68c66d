import { Button } from "@nl-design-system-candidate/button-react";
import { useEffect, useRef } from "react";
import type { Ask } from "../api/ask.ts";
import { useTexts } from "../language/language.ts";
import { Notifications } from "./notifications.tsx";
import { Practise } from "./practise.tsx";
import type { Inbox } from "./source.ts";
import type { Notices } from "./use-notices.ts";

/** What a screen shows in the place of the list, besides a message. */
type AsideView = "availability" | "circles";

/** What a contact person does now and then, below the list. */
export function Aside(props: {
  readonly inbox: Inbox;
  readonly notices: Notices;
  readonly hasCircles: boolean;
  /** Teachers see messages only. */
  readonly isTeacher: boolean;
  /** What was open before. */
  readonly returnTo: string | undefined;
  readonly ask: Ask;
  readonly onOpen: (view: AsideView) => void;
}) {
  const { inbox, notices, hasCircles, isTeacher, returnTo, ask, onOpen } = props;
  const { inbox: texts, availability } = useTexts();
  return (
    <div className="aside">
      <Notifications notices={notices} />
      {!isTeacher && (
        <>
          <ViewButton view="availability" text={availability.open} returnTo={returnTo} onOpen={onOpen} />
          {hasCircles && <ViewButton view="circles" text={texts.circles} returnTo={returnTo} onOpen={onOpen} />}
          <Practise schools={inbox.schools} ask={ask} />
        </>
      )}
    </div>
  );
}

function ViewButton(props: {
  readonly view: AsideView;
  readonly text: string;
  readonly returnTo: string | undefined;
  readonly onOpen: (view: AsideView) => void;
}) {
  const { view, text, returnTo, onOpen } = props;
  const button = useRef<HTMLButtonElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the list comes back
  useEffect(() => {
    if (returnTo === view) button.current?.focus();
  }, []);
  return (
    <Button purpose="subtle" ref={button} onClick={() => onOpen(view)}>
      {text}
    </Button>
  );
}
