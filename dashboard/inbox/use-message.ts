import { useCallback, useEffect, useRef, useState } from "react";
import type { Ask, Operation } from "../api/ask.ts";
import { failureText, type OutcomeAnswer, useGesture } from "../api/use-gesture.ts";
import { useLanguage, useTexts } from "../language/language.ts";
import type { Texts } from "../language/texts.ts";
import { type Change, changeBetween, type InboxEvent } from "./inbox.ts";
import { type Message, message as messageOperation, type StaffMember } from "./operations.ts";

/** What somebody does with an open message. */
export interface MessageGestures {
  readonly isBusy: boolean;
  /** What is to be said of the last one. */
  readonly notice: string | undefined;
  say(notice: string | undefined): void;
  /** @returns whether it was made; where it was not, why is said. */
  make<Variables>(operation: Operation<OutcomeAnswer, Variables>, variables: Variables): Promise<boolean>;
}

export interface MessageState {
  /** Undefined until it has been read. */
  readonly message: Message | undefined;
  /** Whom it can be handed over to. */
  readonly staff: readonly StaffMember[];
  /** Why it could not be read. */
  readonly failure: string | undefined;
  readonly gestures: MessageGestures;
}

/** A message that is open: read when it is opened, and again whenever something happens to it. */
export function useMessage(
  id: string,
  ask: Ask,
  lastEvent: InboxEvent | undefined,
  /** There is nobody to show any more. */
  onGone: () => void,
): MessageState {
  const { failure: failures, inbox } = useTexts();
  const language = useLanguage();
  const { make, say, notice, isBusy } = useGesture(ask);
  const [answer, setAnswer] = useState<{ message: Message; staff: readonly StaffMember[] }>();
  const [failure, setFailure] = useState<string>();
  /** Whether what changes now is our own doing. */
  const isOurs = useRef(false);
  const present = useRef<Message>(undefined);
  /** Of the readings that have begun: the answer of an earlier one may come after that of the last, and says less. */
  const lastReading = useRef(0);
  const told = useRef({ onGone, onChange: (change: Change) => say(inbox.changes[change]) });
  useEffect(() => {
    told.current = { onGone, onChange: (change) => say(inbox.changes[change]) };
  });

  const read = useCallback(async () => {
    lastReading.current += 1;
    const reading = lastReading.current;
    try {
      const { signal, schools } = await ask(messageOperation, { id, language: language === "en" ? "EN" : "NL" });
      if (reading !== lastReading.current) return;
      if (signal === null || signal.pupil === null) return told.current.onGone();
      const before = present.current;
      present.current = signal;
      setFailure(undefined);
      setAnswer({ message: signal, staff: schools.flatMap(({ staff }) => staff) });
      const change = before === undefined || isOurs.current ? undefined : changeBetween(before, signal);
      if (change !== undefined) told.current.onChange(change);
    } catch (error) {
      if (reading === lastReading.current) setFailure(failureText(error, failures, "unread"));
    }
  }, [id, ask, language, failures]);

  useEffect(() => void read(), [read]);

  const seen = useRef(lastEvent);
  useEffect(() => {
    if (lastEvent === seen.current) return;
    seen.current = lastEvent;
    if (lastEvent?.signal.id === id && !isOurs.current) void read();
  }, [lastEvent, id, read]);

  const makeOurs: MessageGestures["make"] = async (operation, variables) => {
    isOurs.current = true;
    const outcome = await make(operation, variables);
    if (outcome !== undefined) await read();
    isOurs.current = false;
    const refusal = outcome && refusalOf(outcome.__typename, failures);
    if (refusal !== undefined) say(refusal);
    return outcome !== undefined && refusal === undefined;
  };

  return {
    message: answer?.message,
    staff: answer?.staff ?? [],
    failure,
    gestures: { make: makeOurs, say, notice, isBusy },
  };
}

/** @returns undefined where the gesture was made. */
function refusalOf(type: string, { closed, notFound, staffGone }: Texts["failure"]): string | undefined {
  if (type === "SignalClosed") return closed;
  if (type === "StaffMemberNotFound") return staffGone;
  return type.endsWith("NotFound") ? notFound : undefined;
}
