import { Button } from "@nl-design-system-candidate/button-react";
import { SkipLink } from "@nl-design-system-candidate/skip-link-react";
import { type ReactNode, useEffect } from "react";
import { useTexts } from "../language/language.ts";
import { useKeptFocus } from "./use-kept-focus.ts";

/** What every screen stands in. */
export function Frame(props: {
  /** Of the page, as the browser's tab says it. Tabs are seen by others: it names nobody. */
  readonly title: string;
  /** For whom: a school, a person. */
  readonly whose?: string | undefined;
  readonly isWide?: boolean;
  readonly onLanguage: () => void;
  readonly onSignOut?: (() => void) | undefined;
  readonly children: ReactNode;
}) {
  const { title, whose, isWide = false, onLanguage, onSignOut, children } = props;
  const texts = useTexts();
  const width = isWide ? "frame-width frame-wide" : "frame-width";
  useKeptFocus();
  useEffect(() => {
    document.title = `${title} · Handle with Care`;
  }, [title]);
  return (
    <>
      <SkipLink href="#content">{texts.skip}</SkipLink>
      <header className="frame-header">
        <div className={width}>
          <p className="frame-name">
            <img src="/icon.svg" alt="" width="28" height="28" />
            Handle with Care
          </p>
          {whose && <p className="frame-whose">{whose}</p>}
          <div className="frame-buttons">
            <Button purpose="subtle" onClick={onLanguage} lang={texts.otherLanguage === "English" ? "en" : "nl"}>
              {texts.otherLanguage}
            </Button>
            {onSignOut && (
              <Button purpose="subtle" onClick={onSignOut}>
                {texts.signOut}
              </Button>
            )}
          </div>
        </div>
      </header>
      <main id="content" tabIndex={-1} className={width}>
        {children}
      </main>
    </>
  );
}
