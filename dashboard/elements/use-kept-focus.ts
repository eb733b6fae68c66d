import { useEffect } from "react";

/**
 * Where what has the keyboard leaves the screen and nothing takes it over, it goes on from the heading: otherwise the
 * next Tab would begin at the top of the page, and a screen reader would say nothing.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let last: Element | null = null;
    const note = ({ target }: FocusEvent) => {
      last = target as Element;
    };
    const keep = () => {
      if (last === null || last.isConnected || document.activeElement !== document.body) return;
      const heading = document.querySelector<HTMLElement>("main h1");
      heading?.setAttribute("tabindex", "-1");
      heading?.focus();
    };
    // After what takes it over by itself has done so.
    const observer = new MutationObserver(() => requestAnimationFrame(keep));
    observer.observe(document.body, { childList: true, subtree: true });
    document.addEventListener("focusin", note);
    return () => {
      observer.disconnect();
      document.removeEventListener("focusin", note);
    };
  }, []);
}
