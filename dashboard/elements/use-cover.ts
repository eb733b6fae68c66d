import { useCallback, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { countdown } from "../session/countdown.ts";

/** How long what names a child stays on the screen by itself, and from when on its end is said aloud; seconds. */
const shownFor = 60;
export const warnedFrom = 25;

/** What `useCover` knows of what is on the screen. */
export interface Cover {
  /** In seconds. */
  readonly left: number;
  showLonger(): void;
}

/**
 * Takes what names a child off the screen: on Esc, when the tab is left, and after a minute unless somebody asks for more.
 * Others pass by this screen.
 */
export function useCover(onCover: () => void): Cover {
  const [left, setLeft] = useState(shownFor);
  const remaining = useRef((): number => 0);
  const cover = useRef(onCover);
  useEffect(() => {
    cover.current = onCover;
  });

  const showLonger = useCallback(() => {
    remaining.current = countdown(shownFor * 1000);
    setLeft(shownFor);
  }, []);

  useEffect(() => {
    showLonger();
    const listening = new AbortController();
    const { signal } = listening;
    const onKey = ({ key }: KeyboardEvent) => key === "Escape" && cover.current();
    // At once: of a tab that is left, the browser keeps a picture.
    const onLeave = () => document.visibilityState === "hidden" && flushSync(() => cover.current());
    addEventListener("keydown", onKey, { signal });
    document.addEventListener("visibilitychange", onLeave, { signal });
    addEventListener("pagehide", () => flushSync(() => cover.current()), { signal });
    const timer = setInterval(() => {
      const seconds = Math.ceil(remaining.current() / 1000);
      if (seconds <= 0) cover.current();
      else setLeft(seconds);
    }, 1_000);
    return () => {
      listening.abort();
      clearInterval(timer);
    };
  }, [showLonger]);

  return { left, showLonger };
}
