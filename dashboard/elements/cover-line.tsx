import { Button } from "@nl-design-system-candidate/button-react";
import { useTexts } from "../language/language.ts";
import { type Cover, warnedFrom } from "./use-cover.ts";

/** Says that what is on the screen will leave it, and lets somebody ask for more time. */
export function CoverLine({ cover: { left, showLonger } }: { readonly cover: Cover }) {
  const { message: texts } = useTexts();
  const isSoon = left <= warnedFrom;
  return (
    <div className={isSoon ? "cover-line cover-line--soon" : "cover-line"}>
      {/* Said once, when the end is near: not each second. */}
      <p role="status">{isSoon ? texts.coversSoon(warnedFrom) : texts.coversItself}</p>
      <Button purpose="secondary" onClick={showLonger}>
        {texts.showLonger}
      </Button>
    </div>
  );
}
