import { useEffect, useRef } from "react";

/** Esc leaves what is open. */
export function useEscape(onEscape: () => void): void {
  const leave = useRef(onEscape);
  useEffect(() => {
    leave.current = onEscape;
  });
  useEffect(() => {
    const onKey = ({ key }: KeyboardEvent) => key === "Escape" && leave.current();
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}
