import { Button } from "@nl-design-system-candidate/button-react";
import { Paragraph } from "@nl-design-system-candidate/paragraph-react";
import { useEffect, useRef, useState } from "react";
import { useTexts } from "../language/language.ts";

/** A button for what cannot be taken back: it asks once more. */
export function AskedButton(props: {
  readonly text: string;
  /** What it is about, where the text alone would be said more than once on a screen. */
  readonly label?: string;
  /** What comes of it, where that is not clear. */
  readonly lead?: string;
  readonly confirm: string;
  readonly isBusy: boolean;
  readonly purpose?: "secondary" | "subtle";
  readonly onConfirm: () => void;
}) {
  const { text, label, lead, confirm, isBusy, purpose = "secondary", onConfirm } = props;
  const { cancel } = useTexts();
  const [isAsking, setAsking] = useState(false);
  const question = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isAsking) question.current?.querySelector("button")?.focus();
  }, [isAsking]);
  if (!isAsking) {
    return (
      <Button
        purpose={purpose}
        busy={isBusy}
        onClick={() => setAsking(true)}
        {...(label ? { "aria-label": label } : {})}
      >
        {text}
      </Button>
    );
  }
  return (
    <div className="question" ref={question}>
      {lead && <Paragraph>{lead}</Paragraph>}
      <div className="buttons">
        <Button
          purpose="primary"
          busy={isBusy}
          onClick={() => {
            setAsking(false);
            onConfirm();
          }}
        >
          {confirm}
        </Button>
        <Button purpose="subtle" onClick={() => setAsking(false)}>
          {cancel}
        </Button>
      </div>
    </div>
  );
}
