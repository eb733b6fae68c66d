import { nameOf } from "../elements/child.ts";
import { TimeLeft } from "../elements/time-left.tsx";
import { useLanguage, useTexts } from "../language/language.ts";
import { timeOf } from "../language/moments.ts";
import { claimOf, schoolName, type Task } from "./work-list.ts";

/** A task in the list, with who is at work on it. @param officer who looks */
export function TaskRow({ task, officer, now }: { readonly task: Task; readonly officer: string; readonly now: Date }) {
  const { workList, child } = useTexts();
  const language = useLanguage();
  const claim = claimOf(task, officer, now);
  return (
    <>
      <span className="task-row__child">{nameOf(task.child, child)}</span>
      <span className="task-row__reason">
        {workList.reasons[task.reason] ?? task.reason}
        {task.school && <span className="task-row__school">{schoolName(task.school)}</span>}
      </span>
      <span className="task-row__left">
        <TimeLeft until={task.dueBy} now={now} />
        {claim && (
          <span className="nl-data-badge">
            {(claim.isOurs ? workList.oursUntil : workList.takenUntil)(timeOf(claim.until, language))}
          </span>
        )}
      </span>
    </>
  );
}
