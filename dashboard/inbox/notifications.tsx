import { Button } from "@nl-design-system-candidate/button-react";
import { Paragraph } from "@nl-design-system-candidate/paragraph-react";
import { useEffect, useState } from "react";
import { useTexts } from "../language/language.ts";

/** Offers a notice of the browser's own. It makes no sound, and says no more than that there is a message. */
export function Notifications({ raised }: { /** How many messages have come so far. */ readonly raised: number }) {
  const { inbox } = useTexts();
  const [permission, setPermission] = useState(() =>
    "Notification" in globalThis ? Notification.permission : "denied",
  );
  const [wasAsked, setWasAsked] = useState(false);
  const { newMessage } = inbox;
  useEffect(() => {
    if (raised === 0 || permission !== "granted" || document.visibilityState === "visible") return;
    new Notification(newMessage, { silent: true, tag: "message" });
  }, [raised, permission, newMessage]);

  if (permission === "granted") return <Paragraph>{inbox.notified}</Paragraph>;
  if (permission === "denied") return wasAsked ? <Paragraph>{inbox.notifyRefused}</Paragraph> : null;
  const ask = async () => {
    setPermission(await Notification.requestPermission());
    setWasAsked(true);
  };
  return (
    <Button purpose="subtle" onClick={() => void ask()}>
      {inbox.notify}
    </Button>
  );
}
