import { Button } from "@nl-design-system-candidate/button-react";
import type { ReactNode } from "react";
import { FocusedHeading } from "./focused-heading.tsx";
import { useEscape } from "./use-escape.ts";

/** What has taken the place of a list, under a heading of its own; its button and Esc lead back. */
export function OpenedView(props: {
  readonly title: string;
  /** What the button says. */
  readonly back: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const { title, back, onClose, children } = props;
  useEscape(onClose);
  return (
    <article className="task">
      <Button purpose="subtle" onClick={() => onClose()}>
        {back}
      </Button>
      <FocusedHeading>{title}</FocusedHeading>
      {children}
    </article>
  );
}
