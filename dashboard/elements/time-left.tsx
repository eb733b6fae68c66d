import { useLanguage, useTexts } from "../language/language.ts";
import { durationOf, minutesUntil } from "../language/moments.ts";

/** Below how many minutes a task is near its time. */
const soon = 120;

/** How long there is to a moment. @param until RFC 3339 */
export function TimeLeft({ until, now }: { readonly until: string; readonly now: Date }) {
  const { timeLeft } = useTexts();
  const language = useLanguage();
  const minutes = minutesUntil(until, now);
  const duration = durationOf(Math.abs(minutes), language);
  return (
    <span className={minutes < soon ? "time-left time-left--soon" : "time-left"}>
      {minutes < 0 ? timeLeft.late(duration) : timeLeft.left(duration)}
    </span>
  );
}
