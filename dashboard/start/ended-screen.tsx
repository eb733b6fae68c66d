import { Button } from "@nl-design-system-candidate/button-react";
import { Paragraph } from "@nl-design-system-candidate/paragraph-react";
import { FocusedHeading } from "../elements/focused-heading.tsx";
import { Frame } from "../elements/frame.tsx";
import { useTexts } from "../language/language.ts";

/** The right has ended: nothing of what was on the screen is there any more. */
export function EndedScreen({
  onLanguage,
  onSignIn,
}: {
  readonly onLanguage: () => void;
  readonly onSignIn: () => void;
}) {
  const { ended, signInAgain } = useTexts();
  return (
    <Frame title={ended.title} onLanguage={onLanguage}>
      <FocusedHeading>{ended.title}</FocusedHeading>
      <Paragraph>{ended.lead}</Paragraph>
      <Button purpose="primary" onClick={onSignIn}>
        {signInAgain}
      </Button>
    </Frame>
  );
}
