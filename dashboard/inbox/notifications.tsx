import { Button } from "@nl-design-system-candidate/button-react";
import { useTexts } from "../language/language.ts";
import type { Notices } from "./use-notices.ts";

/** Offers a notice of the browser's own, and to do without it again. */
export function Notifications({ notices: { state, turnOn, turnOff } }: { readonly notices: Notices }) {
  const { inbox } = useTexts();
  switch (state) {
    case "OFF":
      return (
        <Button purpose="subtle" onClick={() => void turnOn()}>
          {inbox.notify}
        </Button>
      );
    case "ON":
      return (
        <>
          <p className="aside__word">{inbox.notified}</p>
          <Button purpose="subtle" onClick={turnOff}>
            {inbox.notifyNoMore}
          </Button>
        </>
      );
    case "REFUSED":
      return <p className="aside__word">{inbox.notifyRefused}</p>;
    case "IMPOSSIBLE":
      return null;
  }
}
