import { Heading } from "@nl-design-system-candidate/heading-react";
import { Paragraph } from "@nl-design-system-candidate/paragraph-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { Notice } from "../elements/notice.tsx";
import { useNow } from "../elements/use-now.ts";
import { useTexts } from "../language/language.ts";
import { TimeLeft } from "./time-left.tsx";
import { nameOf, type Task, type Tasks } from "./work-list.ts";

const steps: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

const none: Tasks = [];

/** All open tasks, which the arrow keys go through. */
export function TaskList(props: {
  /** Undefined until they have been read. */
  readonly tasks: Tasks | undefined;
  readonly notice: string | undefined;
  /** The place of the task that was open before. */
  readonly returnTo: number | undefined;
  readonly onOpen: (id: string, at: number) => void;
}) {
  const { tasks = none, notice, returnTo, onOpen } = props;
  const { workList } = useTexts();
  const now = useNow(15_000);
  const list = useRef<HTMLOListElement>(null);
  const rows = () => [...(list.current?.querySelectorAll("button") ?? [])];

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the list comes back
  useEffect(() => {
    if (returnTo !== undefined) rows()[Math.min(returnTo, rows().length - 1)]?.focus();
  }, []);

  /** The place of the row that has the keyboard: the next task takes it over when this one is done by somebody. */
  const keyboardAt = useRef<number>(undefined);
  useEffect(() => {
    const all = [...(list.current?.querySelectorAll("button") ?? [])];
    if (keyboardAt.current === undefined || tasks.length === 0) return;
    if (document.activeElement === document.body) all[Math.min(keyboardAt.current, all.length - 1)]?.focus();
  }, [tasks]);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key];
    const all = rows();
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    if (step === undefined || at < 0) return;
    event.preventDefault();
    all[step(at, all.length - 1)]?.focus();
  };

  return (
    <>
      <Heading level={1}>{workList.title}</Heading>
      <Notice>{notice}</Notice>
      {props.tasks?.length === 0 ? (
        <div className="empty">
          <Heading level={2}>{workList.empty}</Heading>
          <Paragraph>{workList.emptyLead}</Paragraph>
        </div>
      ) : (
        <Paragraph>{`${workList.lead} ${workList.keys}`}</Paragraph>
      )}
      <ol
        className="tasks"
        ref={list}
        onKeyDown={onKeyDown}
        onFocus={({ target }) => {
          keyboardAt.current = rows().indexOf(target as Element as HTMLButtonElement);
        }}
        onBlur={({ relatedTarget }) => {
          // Without a next place it was not the person who left.
          if (relatedTarget !== null) keyboardAt.current = undefined;
        }}
      >
        {tasks.map((task, at) => (
          <li key={task.id}>
            <Row task={task} now={now} onOpen={() => onOpen(task.id, at)} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Row({ task, now, onOpen }: { readonly task: Task; readonly now: Date; readonly onOpen: () => void }) {
  const { workList } = useTexts();
  return (
    <button type="button" className="task-row" onClick={onOpen}>
      <span className="task-row__child">{nameOf(task, workList)}</span>
      <span className="task-row__reason">{workList.reasons[task.reason]}</span>
      <span className="task-row__left">
        <TimeLeft task={task} now={now} />
      </span>
    </button>
  );
}
