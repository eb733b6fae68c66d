import { Heading } from "@nl-design-system-candidate/heading-react";
import { Link } from "@nl-design-system-candidate/link-react";
import { Paragraph } from "@nl-design-system-candidate/paragraph-react";
import { Frame } from "../elements/frame.tsx";
import { useTexts } from "../language/language.ts";
import type { Session } from "../session/session.ts";

/** For those who use the API and no screen of ours. */
export function NoScreen(props: {
  readonly session: Session;
  readonly hasExplorer: boolean;
  readonly onLanguage: () => void;
  readonly onSignOut: () => void;
}) {
  const { session, hasExplorer, onLanguage, onSignOut } = props;
  const { noScreen } = useTexts();
  return (
    <Frame title={noScreen.title} whose={session.name} onLanguage={onLanguage} onSignOut={onSignOut}>
      <Heading level={1}>{noScreen.title}</Heading>
      <Paragraph>{noScreen.lead}</Paragraph>
      {hasExplorer && <Link href="/graphiql/">{noScreen.explorer}</Link>}
    </Frame>
  );
}
