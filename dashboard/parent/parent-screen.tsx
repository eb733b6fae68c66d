import "../styles/guidance.css";
import "../styles/talks.css";
import { Button } from "@nl-design-system-candidate/button-react";
import { Heading } from "@nl-design-system-candidate/heading-react";
import { Paragraph } from "@nl-design-system-candidate/paragraph-react";
import { type FormEvent, useCallback, useEffect, useId, useRef, useState } from "react";
import type { Ask } from "../api/ask.ts";
import type { Follow } from "../api/follow.ts";
import { useGesture } from "../api/use-gesture.ts";
import { ConnectionLine } from "../elements/connection-line.tsx";
import { Frame } from "../elements/frame.tsx";
import { Notice } from "../elements/notice.tsx";
import { useFamilyTexts } from "../language/family/use-family-texts.ts";
import { useTexts } from "../language/language.ts";
import { actAfter } from "../session/countdown.ts";
import { openView, type ParentView, viewEvents, view as viewOperation } from "./operations.ts";
import { Shared } from "./shared.tsx";

/** How often what is shown is read again though its connection is good, in milliseconds. */
const readEvery = 60_000;

/** What a supporter's code has opened. The key is in this page's memory, and goes with it. */
interface Opened {
  readonly key: string;
  readonly view: ParentView;
}

/** The page of a parent: what was shared because they agreed, with whom and when; and where they take it back. */
export default function ParentScreen(props: {
  readonly ask: Ask;
  readonly follow: Follow;
  readonly onLanguage: () => void;
  readonly onSignOut: () => void;
}) {
  const { ask, follow, onLanguage, onSignOut } = props;
  const { parent: texts } = useFamilyTexts();
  const { failure } = useTexts();
  const [opened, setOpened] = useState<Opened>();
  const [lostSince, setLostSince] = useState<Date>();
  const { make, say, notice, isBusy } = useGesture(ask);
  const id = useId();

  const key = opened?.key;
  const until = opened?.view.until;
  const read = useCallback(async () => {
    if (key === undefined) return;
    // Without an answer, what was read before stays.
    const answer = await ask(viewOperation, { key }).catch(() => undefined);
    if (answer?.result.__typename === "ParentView") setOpened({ key, view: answer.result });
    else if (answer !== undefined) {
      setOpened(undefined);
      say(texts.refusals["VIEW_OVER"]);
    }
  }, [ask, key, say, texts]);
  const latest = useRef(read);
  useEffect(() => {
    latest.current = read;
  });
  useEffect(() => {
    if (key === undefined || until === undefined) return;
    const readNow = () => void latest.current();
    const stop = follow(viewEvents, { key }, ({ parentViewEvents }) => parentViewEvents, {
      onEvent: readNow,
      onLive() {
        setLostSince(undefined);
        readNow();
      },
      onLost: () => setLostSince((since) => since ?? new Date()),
    });
    const timer = setInterval(readNow, readEvery);
    const stopWaiting = actAfter(Date.parse(until) - Date.now(), readNow);
    return () => {
      stop();
      clearInterval(timer);
      stopWaiting();
    };
  }, [follow, key, until]);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get("code"));
    const outcome = await make(openView, { code });
    if (outcome?.key !== undefined && outcome.view !== undefined) setOpened({ key: outcome.key, view: outcome.view });
    else if (outcome !== undefined) say(texts.refusals[outcome.code ?? ""] ?? failure.other);
  };

  return (
    <Frame title={texts.title} onLanguage={onLanguage} onSignOut={onSignOut}>
      {opened && lostSince && <ConnectionLine lostSince={lostSince} isRead={true} />}
      {opened ? (
        <Shared viewKey={opened.key} view={opened.view} ask={ask} onChange={read} />
      ) : (
        <>
          <Heading level={1}>{texts.title}</Heading>
          <Paragraph>{texts.lead}</Paragraph>
          <Notice>{notice}</Notice>
          <form className="fields-form" onSubmit={(event) => void submit(event)}>
            <div className="field">
              <label htmlFor={id}>{texts.code}</label>
              <input id={id} name="code" required autoComplete="off" spellCheck={false} />
            </div>
            <div className="buttons">
              <Button purpose="primary" type="submit" busy={isBusy}>
                {texts.open}
              </Button>
            </div>
          </form>
        </>
      )}
    </Frame>
  );
}
