import { Button } from "@nl-design-system-candidate/button-react";
import { Heading } from "@nl-design-system-candidate/heading-react";
import { Paragraph } from "@nl-design-system-candidate/paragraph-react";
import { Frame } from "../elements/frame.tsx";
import { useTexts } from "../language/language.ts";

/** On the way to the provider, or back where that did not work. */
export function StartScreen(props: {
  readonly failure: "unreachable" | "refused" | undefined;
  readonly onLanguage: () => void;
  readonly onSignIn: () => void;
}) {
  const { failure, onLanguage, onSignIn } = props;
  const texts = useTexts();
  return (
    <Frame title={texts.signIn} onLanguage={onLanguage}>
      <Heading level={1}>{texts.signIn}</Heading>
      {failure === undefined ? (
        <Paragraph role="status">{texts.starting}</Paragraph>
      ) : (
        <>
          <Paragraph role="alert">{failure === "refused" ? texts.signInRefused : texts.noSignIn}</Paragraph>
          <Button purpose="primary" onClick={onSignIn}>
            {texts.tryAgain}
          </Button>
        </>
      )}
    </Frame>
  );
}
