import { useCallback, useEffect, useRef, useState } from "react";
import { type Ask, Failure, type Operation } from "../api/ask.ts";
import { useLanguage, useTexts } from "../language/language.ts";
import type { Texts } from "../language/texts.ts";
import type { InboxEvent } from "./inbox.ts";
import { type GestureAnswer, type Message, message as messageOperation, type StaffMember } from "./operations.ts";

/** Makes a gesture. @returns why it was not made; undefined where it was. */
export type MakeGesture = <Variables>(
  operation: Operation<GestureAnswer, Variables>,
  variables: Variables,
) => Promise<string | undefined>;

export interface MessageState {
  /** Undefined until it has been read. */
  readonly message: Message | undefined;
  /** Whom it can be handed over to. */
  readonly staff: readonly StaffMember[];
  /** Why it could not be read. */
  readonly failure: string | undefined;
  readonly make: MakeGesture;
}

interface Told {
  /** Somebody else has moved it on. */
  onColleague(): void;
  /** There is nobody to show any more. */
  onGone(): void;
}

/** A message that is open: read when it is opened, and again whenever something happens to it. */
export function useMessage(id: string, ask: Ask, lastEvent: InboxEvent | undefined, told: Told): MessageState {
  const { failure: failures } = useTexts();
  const language = useLanguage();
  const [answer, setAnswer] = useState<{ message: Message; staff: readonly StaffMember[] }>();
  const [failure, setFailure] = useState<string>();
  /** Whether what changes now is our own doing. */
  const isOurs = useRef(false);
  const present = useRef<Message>(undefined);
  const listener = useRef(told);
  useEffect(() => {
    listener.current = told;
  });

  const read = useCallback(async () => {
    try {
      const { signal, schools } = await ask(messageOperation, { id, language: language === "en" ? "EN" : "NL" });
      if (signal === null || signal.pupil === null) return listener.current.onGone();
      const before = present.current;
      present.current = signal;
      setFailure(undefined);
      setAnswer({ message: signal, staff: schools.flatMap(({ staff }) => staff) });
      if (before !== undefined && !isOurs.current && hasMovedOn(before, signal)) listener.current.onColleague();
    } catch (error) {
      setFailure(failureText(error, failures));
    }
  }, [id, ask, language, failures]);

  useEffect(() => void read(), [read]);

  const seen = useRef(lastEvent);
  useEffect(() => {
    if (lastEvent === seen.current) return;
    seen.current = lastEvent;
    if (lastEvent?.signal.id === id && !isOurs.current) void read();
  }, [lastEvent, id, read]);

  const make: MakeGesture = async (operation, variables) => {
    isOurs.current = true;
    try {
      const { result } = await ask(operation, variables);
      await read();
      if (result.__typename === "SignalClosed") return failures.closed;
      return result.__typename.endsWith("NotFound") ? failures.notFound : undefined;
    } catch (error) {
      return failureText(error, failures);
    } finally {
      isOurs.current = false;
    }
  };

  return { message: answer?.message, staff: answer?.staff ?? [], failure, make };
}

function hasMovedOn(before: Message, after: Message): boolean {
  return before.status !== after.status || before.handedTo?.name !== after.handedTo?.name;
}

function failureText(error: unknown, { unreachable, other }: Texts["failure"]): string {
  return error instanceof Failure && error.code === "UNREACHABLE" ? unreachable : other;
}
