import { useLanguage, useTexts } from "../language/language.ts";
import { durationOf } from "../language/moments.ts";
import { minutesLeft, type Task } from "./work-list.ts";

/** Below how many minutes a task is near its time. */
const soon = 120;

export function TimeLeft({ task, now }: { readonly task: Task; readonly now: Date }) {
  const { workList } = useTexts();
  const language = useLanguage();
  const left = minutesLeft(task, now);
  const duration = durationOf(Math.abs(left), language);
  return (
    <span className={left < soon ? "time-left time-left--soon" : "time-left"}>
      {left < 0 ? workList.late(duration) : workList.left(duration)}
    </span>
  );
}
