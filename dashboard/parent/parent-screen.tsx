import "../styles/guidance.css";
import "../styles/talks.css";
import { Button } from "@nl-design-system-candidate/button-react";
import { Heading } from "@nl-design-system-candidate/heading-react";
import { Paragraph } from "@nl-design-system-candidate/paragraph-react";
import { type FormEvent, useCallback, useEffect, useId, useState } from "react";
import type { Ask } from "../api/ask.ts";
import { useGesture } from "../api/use-gesture.ts";
import { Frame } from "../elements/frame.tsx";
import { Notice } from "../elements/notice.tsx";
import { useFamilyTexts } from "../language/family/use-family-texts.ts";
import { useTexts } from "../language/language.ts";
import { openView, type ParentView, view as viewOperation } from "./operations.ts";
import { Shared } from "./shared.tsx";

/** How often what is shown is read again, in milliseconds. */
const readEvery = 10_000;

/** What a supporter's code has opened. The key is in this page's memory, and goes with it. */
interface Opened {
  readonly key: string;
  readonly view: ParentView;
}

/** The page of a parent: what was shared because they agreed, with whom and when; and where they take it back. */
export default function ParentScreen(props: {
  readonly ask: Ask;
  readonly onLanguage: () => void;
  readonly onSignOut: () => void;
}) {
  const { ask, onLanguage, onSignOut } = props;
  const { parent: texts } = useFamilyTexts();
  const { failure } = useTexts();
  const [opened, setOpened] = useState<Opened>();
  const { make, say, notice, isBusy } = useGesture(ask);
  const id = useId();

  const key = opened?.key;
  const read = useCallback(async () => {
    if (key === undefined) return;
    // Without an answer, what was read before stays.
    const answer = await ask(viewOperation, { key }).catch(() => undefined);
    if (answer?.result.__typename === "ParentView") setOpened({ key, view: answer.result as unknown as ParentView });
    else if (answer !== undefined) {
      setOpened(undefined);
      say(texts.refusals["VIEW_OVER"]);
    }
  }, [ask, key, say, texts]);
  useEffect(() => {
    const timer = setInterval(() => void read(), readEvery);
    return () => clearInterval(timer);
  }, [read]);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get("code"));
    const outcome = await make(openView, { code });
    if (outcome?.key !== undefined && outcome.view !== undefined) setOpened({ key: outcome.key, view: outcome.view });
    else if (outcome !== undefined) say(texts.refusals[outcome.code ?? ""] ?? failure.other);
  };

  return (
    <Frame title={texts.title} onLanguage={onLanguage} onSignOut={onSignOut}>
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
