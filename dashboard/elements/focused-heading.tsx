import { Heading } from "@nl-design-system-candidate/heading-react";
import { type ReactNode, useEffect, useRef } from "react";

/** The heading of a view that has taken another's place: the keyboard and a screen reader go on from here. */
export function FocusedHeading({ children }: { readonly children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <Heading level={1} tabIndex={-1} ref={heading}>
      {children}
    </Heading>
  );
}
