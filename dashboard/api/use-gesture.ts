import { useRef, useState } from "react";
import { useTexts } from "../language/language.ts";
import type { Texts } from "../language/texts.ts";
import { type Ask, Failure, type Operation } from "./ask.ts";

/** What comes of a gesture: the type that says that it was made, or why it was not. */
export interface Outcome {
  readonly __typename: string;
  readonly code?: string;
}

export interface OutcomeAnswer {
  readonly result: Outcome;
}

export interface Gestures {
  readonly isBusy: boolean;
  /** What is to be said of the last one. */
  readonly notice: string | undefined;
  say(notice: string | undefined): void;
  /** One at a time. @returns undefined where there was no answer, which is then said. */
  make<Made extends Outcome, Variables>(
    operation: Operation<{ readonly result: Made }, Variables>,
    variables: Variables,
  ): Promise<Made | undefined>;
}

/** What somebody does with a button: asked of the gateway once, with a word where it does not answer. */
export function useGesture(ask: Ask): Gestures {
  const { failure } = useTexts();
  const [isBusy, setBusy] = useState(false);
  const [notice, say] = useState<string>();
  const isUnderWay = useRef(false);
  return {
    isBusy,
    notice,
    say,
    async make(operation, variables) {
      if (isUnderWay.current) return undefined;
      isUnderWay.current = true;
      setBusy(true);
      say(undefined);
      try {
        return (await ask(operation, variables)).result;
      } catch (error) {
        say(failureText(error, failure, "unreachable"));
        return undefined;
      } finally {
        isUnderWay.current = false;
        setBusy(false);
      }
    },
  };
}

/** What is said where an answer failed. @param unreachable what, where there was none. */
export function failureText(error: unknown, texts: Texts["failure"], unreachable: "unreachable" | "unread"): string {
  return error instanceof Failure && error.code === "UNREACHABLE" ? texts[unreachable] : texts.other;
}
