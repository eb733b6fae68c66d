import { Heading } from "@nl-design-system-candidate/heading-react";
import { Paragraph } from "@nl-design-system-candidate/paragraph-react";
import { nameOf } from "../elements/child.ts";
import { KeyboardList } from "../elements/keyboard-list.tsx";
import { Notice } from "../elements/notice.tsx";
import { TimeLeft } from "../elements/time-left.tsx";
import { useNow } from "../elements/use-now.ts";
import { useLanguage, useTexts } from "../language/language.ts";
import { timeOf } from "../language/moments.ts";
import { claimOf, schoolName, type Task, type Tasks } from "./work-list.ts";

const none: Tasks = [];

/** All open tasks, with who is at work on them. */
export function TaskList(props: {
  /** Undefined until they have been read. */
  readonly tasks: Tasks | undefined;
  /** The officer who looks. */
  readonly officer: string;
  readonly notice: string | undefined;
  /** The place of the task that was open before. */
  readonly returnTo: number | undefined;
  readonly onOpen: (id: string, at: number) => void;
}) {
  const { tasks, officer, notice, returnTo, onOpen } = props;
  const { workList, keys } = useTexts();
  const now = useNow(15_000);
  return (
    <>
      <Heading level={1}>{workList.title}</Heading>
      <Notice>{notice}</Notice>
      {tasks?.length === 0 ? (
        <div className="empty">
          <Heading level={2}>{workList.empty}</Heading>
          <Paragraph>{workList.emptyLead}</Paragraph>
        </div>
      ) : (
        <Paragraph>{`${workList.lead} ${keys}`}</Paragraph>
      )}
      <KeyboardList
        items={tasks ?? none}
        returnTo={returnTo}
        onOpen={onOpen}
        row={(task) => <Row task={task} officer={officer} now={now} />}
      />
    </>
  );
}

function Row({ task, officer, now }: { readonly task: Task; readonly officer: string; readonly now: Date }) {
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
