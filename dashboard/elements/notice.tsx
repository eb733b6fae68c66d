import { Paragraph } from "@nl-design-system-candidate/paragraph-react";
import type { ReactNode } from "react";

/** Something that was done, or could not be, said once and aloud. The place is there before the words are. */
export function Notice({ children }: { readonly children: ReactNode }) {
  return (
    <div role="status" className={children ? "notice" : "notice-place"}>
      {children && <Paragraph>{children}</Paragraph>}
    </div>
  );
}
