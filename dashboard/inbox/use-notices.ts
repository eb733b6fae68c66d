import { useEffect, useRef, useState } from "react";
import { useTexts } from "../language/language.ts";
import { freshAmong, type Items } from "./inbox.ts";

/** `REFUSED` by the person or the browser; `IMPOSSIBLE` where the browser has none. */
type NoticeState = "OFF" | "ON" | "REFUSED" | "IMPOSSIBLE";

export interface Notices {
  readonly state: NoticeState;
  /** Asks for the browser's leave, where it was not given yet. */
  turnOn(): Promise<void>;
  /** For as long as the page is open. */
  turnOff(): void;
}

/**
 * A notice of the browser's own for what has come while the page was hidden. It makes no sound, and says no more than
 * that there is a message.
 */
export function useNotices(items: Items | undefined): Notices {
  const { newMessage } = useTexts().inbox;
  const [state, setState] = useState(firstState);
  const known = useRef<ReadonlySet<string>>(undefined);
  const shown = useRef<Notification>(undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each change of the list
  useEffect(() => {
    if (items === undefined) return;
    const before = known.current;
    const fresh = freshAmong(items);
    known.current = new Set(fresh);
    if (before === undefined || state !== "ON" || document.visibilityState === "visible") return;
    if (fresh.every((id) => before.has(id))) return;
    shown.current = show(newMessage);
    if (shown.current === undefined) setState("IMPOSSIBLE");
  }, [items]);

  useEffect(() => {
    const onVisible = () => document.visibilityState === "visible" && shown.current?.close();
    document.addEventListener("visibilitychange", onVisible);
    return () => document.removeEventListener("visibilitychange", onVisible);
  }, []);

  return {
    state,
    async turnOn() {
      setState((await Notification.requestPermission()) === "granted" ? "ON" : "REFUSED");
    },
    turnOff: () => setState("OFF"),
  };
}

function firstState(): NoticeState {
  if (!("Notification" in globalThis) || Notification.permission === "denied") return "IMPOSSIBLE";
  return Notification.permission === "granted" ? "ON" : "OFF";
}

/** @returns undefined where the browser shows none after all: on Android, Chrome has the class and refuses to make one. */
function show(text: string): Notification | undefined {
  try {
    const notice = new Notification(text, { silent: true, tag: "message" });
    notice.onclick = () => {
      window.focus();
      notice.close();
    };
    return notice;
  } catch {
    return undefined;
  }
}
