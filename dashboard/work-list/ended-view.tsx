import { Paragraph } from "@nl-design-system-candidate/paragraph-react";
import type { Ask } from "../api/ask.ts";
import { usePolled } from "../api/use-polled.ts";
import { nameOf } from "../elements/child.ts";
import { Notice } from "../elements/notice.tsx";
import { OpenedView } from "../elements/opened-view.tsx";
import { useNow } from "../elements/use-now.ts";
import { useLanguage, useTexts } from "../language/language.ts";
import { momentOf } from "../language/moments.ts";
import { endedTasks } from "./operations.ts";
import type { EndedTask } from "./work-list.ts";

/** How often they are read, in milliseconds. */
const every = 60_000;

/** The tasks that ended last, each with how: also those on which nobody has worked. */
export function EndedView({ ask, onClose }: { readonly ask: Ask; readonly onClose: () => void }) {
  const { workList, failure } = useTexts();
  const read = async () => (await ask(endedTasks, {})).routingTasks.edges.map(({ node }) => node);
  const { value: tasks, isStale } = usePolled(read, every);
  return (
    <OpenedView title={workList.ended} back={workList.back} onClose={onClose}>
      <Notice>{isStale && tasks === undefined ? failure.unread : undefined}</Notice>
      {tasks?.length === 0 && <Paragraph>{workList.endedNone}</Paragraph>}
      <ol className="tasks">
        {tasks?.map((task) => (
          <li key={task.id} className="task-row task-row--told">
            <Row task={task} />
          </li>
        ))}
      </ol>
    </OpenedView>
  );
}

function Row({ task: { child, reason, outcome, closedAt } }: { readonly task: EndedTask }) {
  const { workList, child: words } = useTexts();
  const language = useLanguage();
  const now = useNow(every);
  return (
    <>
      <span className="task-row__child">{nameOf(child, { ...words, unknown: workList.forgotten })}</span>
      <span className="task-row__reason">
        {outcome && workList.endings[outcome]}
        <span className="task-row__school">{workList.reasons[reason]}</span>
      </span>
      <span className="task-row__left">{closedAt && momentOf(new Date(closedAt), now, language)}</span>
    </>
  );
}
