import { useEffect, useRef, useState } from "react";

export interface Polled<Value> {
  /** The last that could be read. */
  readonly value: Value | undefined;
  readonly readAt: Date | undefined;
  /** Whether the last reading failed. */
  readonly isStale: boolean;
}

/** Reads something again and again. @param every in milliseconds */
export function usePolled<Value>(read: () => Promise<Value>, every: number): Polled<Value> {
  const [polled, setPolled] = useState<Polled<Value>>({ value: undefined, readAt: undefined, isStale: false });
  const reader = useRef(read);
  useEffect(() => {
    reader.current = read;
  });
  useEffect(() => {
    let isOver = false;
    const poll = async () => {
      try {
        const value = await reader.current();
        if (!isOver) setPolled({ value, readAt: new Date(), isStale: false });
      } catch {
        if (!isOver) setPolled((last) => ({ ...last, isStale: true }));
      }
    };
    void poll();
    const timer = setInterval(() => void poll(), every);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [every]);
  return polled;
}
