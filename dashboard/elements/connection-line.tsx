import { useLanguage, useTexts } from "../language/language.ts";
import { timeOf } from "../language/moments.ts";

/** Says plainly whether what is on the screen is kept up to date. */
export function ConnectionLine({
  lostSince,
  isRead,
}: {
  readonly lostSince: Date | undefined;
  readonly isRead: boolean;
}) {
  const { connection } = useTexts();
  const language = useLanguage();
  const [state, text] = lostSince
    ? ["lost", connection.lost(timeOf(lostSince, language))]
    : isRead
      ? ["live", connection.live()]
      : ["waiting", connection.waiting];
  return (
    <p role="status" className={`connection-line connection-line--${state}`}>
      <span className="connection-line__mark" aria-hidden="true" />
      {text}
    </p>
  );
}
