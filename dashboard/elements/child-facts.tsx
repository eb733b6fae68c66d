import type { ReactNode } from "react";
import { useLanguage, useTexts } from "../language/language.ts";
import { birthDateOf } from "../language/moments.ts";
import { type Child, nameOf } from "./child.ts";
import { FocusedHeading } from "./focused-heading.tsx";

/** The head of a view about one child. @param children further facts: a `dt` and a `dd` in a `div` each */
export function ChildFacts({ child, children }: { readonly child: Child; readonly children: ReactNode }) {
  const { child: texts } = useTexts();
  const language = useLanguage();
  return (
    <>
      <FocusedHeading>{nameOf(child, texts)}</FocusedHeading>
      <dl className="facts">
        {child.birthDate && (
          <div>
            <dt>{texts.born}</dt>
            <dd>{birthDateOf(child.birthDate, language)}</dd>
          </div>
        )}
        {child.bsn && (
          <div>
            <dt>{texts.bsn}</dt>
            <dd>{child.bsn}</dd>
          </div>
        )}
        {children}
      </dl>
    </>
  );
}
