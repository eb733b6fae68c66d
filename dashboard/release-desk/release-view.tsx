import { Button } from "@nl-design-system-candidate/button-react";
import { Paragraph } from "@nl-design-system-candidate/paragraph-react";
import { useEffect, useState } from "react";
import type { Ask, Operation } from "../api/ask.ts";
import { type OutcomeAnswer, useGesture } from "../api/use-gesture.ts";
import { ChildFacts } from "../elements/child-facts.tsx";
import { Notice } from "../elements/notice.tsx";
import { ReasonForm } from "../elements/reason-form.tsx";
import { TimeLeft } from "../elements/time-left.tsx";
import { useEscape } from "../elements/use-escape.ts";
import { useLanguage, useTexts } from "../language/language.ts";
import { momentOf } from "../language/moments.ts";
import { releaseSignal, stopSignal } from "./operations.ts";
import type { ReleaseTask } from "./release-list.ts";

/** One signal at the desk, to let go or to stop. */
export function ReleaseView(props: {
  readonly id: string;
  /** Undefined once somebody has done it, or it has gone on by itself. */
  readonly task: ReleaseTask | undefined;
  readonly now: Date;
  readonly ask: Ask;
  /** @param why said in the list, where there is something to say. */
  readonly onClose: (why?: string) => void;
}) {
  const { id, task, now, ask, onClose } = props;
  const { release } = useTexts();
  const language = useLanguage();
  const { make, isBusy, notice } = useGesture(ask);
  const [isStopping, setStopping] = useState(false);
  useEscape(() => onClose());

  // Not only once a gesture that is under way has its answer: that may be long in coming, or not come.
  useEffect(() => {
    if (task === undefined) onClose(release.closedByOther);
  }, [task, onClose, release]);

  /** @param made the type that says so. */
  const end = async <Variables,>(
    operation: Operation<OutcomeAnswer, Variables>,
    variables: Variables,
    made: string,
    done: string,
  ) => {
    const outcome = await make(operation, variables);
    if (outcome !== undefined) onClose(outcome.__typename === made ? done : release.closedByOther);
  };

  if (task === undefined) return null;
  return (
    <article className="task">
      <Button purpose="subtle" onClick={() => onClose()}>
        {release.back}
      </Button>
      <ChildFacts child={task.child}>
        <div>
          <dt>{release.actBy}</dt>
          <dd>
            {momentOf(new Date(task.actBy), now, language)} (<TimeLeft until={task.actBy} now={now} />)
          </dd>
        </div>
      </ChildFacts>
      <Paragraph>{release.explanation}</Paragraph>
      <Notice>{notice}</Notice>
      {isStopping ? (
        <ReasonForm
          title={release.stopTitle}
          reasons={release.reasons}
          confirm={release.confirmStop}
          isBusy={isBusy}
          onReason={(reason) => void end(stopSignal, { taskId: id, reason }, "SignalStopped", release.stopped)}
          onCancel={() => setStopping(false)}
        />
      ) : (
        <div className="actions">
          <div className="buttons">
            <Button
              purpose="primary"
              busy={isBusy}
              onClick={() => void end(releaseSignal, { taskId: id }, "SignalReleased", release.released)}
            >
              {release.release}
            </Button>
            <Button purpose="secondary" onClick={() => setStopping(true)}>
              {release.stop}
            </Button>
          </div>
        </div>
      )}
    </article>
  );
}
