import { Button } from "@nl-design-system-candidate/button-react";
import { Heading } from "@nl-design-system-candidate/heading-react";
import { Paragraph } from "@nl-design-system-candidate/paragraph-react";
import { useEffect, useRef, useState } from "react";
import type { Ask, Operation } from "../api/ask.ts";
import { type Outcome, type OutcomeAnswer, useGesture } from "../api/use-gesture.ts";
import { ChildFacts } from "../elements/child-facts.tsx";
import { Notice } from "../elements/notice.tsx";
import { Reach } from "../elements/reach.tsx";
import { ReasonForm } from "../elements/reason-form.tsx";
import { TimeLeft } from "../elements/time-left.tsx";
import { useEscape } from "../elements/use-escape.ts";
import { useNow } from "../elements/use-now.ts";
import { useLanguage, useTexts } from "../language/language.ts";
import { momentOf } from "../language/moments.ts";
import type { Texts } from "../language/texts.ts";
import { ClaimLine } from "./claim-line.tsx";
import { claim, close, release, route } from "./operations.ts";
import { RouteForm } from "./route-form.tsx";
import { claimOf, type RoutingOutcome, schoolName, type Task } from "./work-list.ts";

/** One task: who has it, whom to call, and the two ways to end it. */
export function TaskView(props: {
  readonly id: string;
  /** Undefined once it has ended. */
  readonly task: Task | undefined;
  /** How it ended, where that is known. */
  readonly outcome: RoutingOutcome | null;
  /** The officer who looks. */
  readonly officer: string;
  readonly ask: Ask;
  /** @param why said in the list, where there is something to say. */
  readonly onClose: (why?: string) => void;
}) {
  const { id, task, outcome, officer, ask, onClose } = props;
  const { workList } = useTexts();
  const now = useNow(15_000);
  const gestures = useGesture(ask);
  const { isBusy, notice } = gestures;
  const [isClosing, setClosing] = useState(false);
  /** How the gesture that is under way would end it. */
  const ours = useRef<Ending>(undefined);
  /** Whether the task has ended so meanwhile. The gesture's answer may still be that a colleague was quicker. */
  const isTakenForOurs = useRef(false);
  useEscape(() => onClose());

  // Not only once a gesture that is under way has its answer: that may be long in coming, or not come.
  useEffect(() => {
    if (task !== undefined) return;
    const presumed = ours.current?.as === outcome ? ours.current : undefined;
    isTakenForOurs.current = presumed !== undefined;
    const byOther = outcome === null ? workList.closedByOther : workList.closedAs(workList.endings[outcome]);
    onClose(presumed?.said ?? byOther);
  }, [task, outcome, onClose, workList]);

  /** @param ending where the task ends with it. */
  const make = async <Variables,>(
    operation: Operation<OutcomeAnswer, Variables>,
    variables: Variables,
    ending?: Ending,
  ) => {
    ours.current = ending;
    const outcome = await gestures.make(operation, variables);
    ours.current = undefined;
    const refusal = outcome && refusalOf(outcome, workList);
    if (refusal !== undefined) return isTakenForOurs.current ? onClose(refusal) : gestures.say(refusal);
    if (outcome !== undefined && ending !== undefined) onClose(ending.said);
  };

  if (task === undefined) return null;
  const claimed = claimOf(task, officer, now);
  return (
    <article className="task">
      <Button purpose="subtle" onClick={() => onClose()}>
        {workList.back}
      </Button>
      <Facts task={task} now={now} />
      <ClaimLine
        claim={claimed}
        isBusy={isBusy}
        onClaim={() => void make(claim, { taskId: id })}
        onRelease={() => void make(release, { taskId: id })}
      />
      <Notice>{notice}</Notice>
      {claimed?.isOurs === false ? null : isClosing ? (
        <ReasonForm
          title={workList.closeTitle}
          reasons={workList.outcomes}
          confirm={workList.confirmClose}
          isBusy={isBusy}
          onCancel={() => setClosing(false)}
          onReason={(outcome) => void make(close, { taskId: id, outcome }, { as: outcome, said: workList.closed })}
        />
      ) : (
        <RouteForm
          task={task}
          isBusy={isBusy}
          onClose={() => setClosing(true)}
          onChoice={(choice) => void make(route, { taskId: id, ...choice }, { as: "ROUTED", said: workList.routed })}
        />
      )}
    </article>
  );
}

/** How a gesture ends a task. */
interface Ending {
  /** A `RoutingOutcome`. */
  readonly as: string;
  /** In the list, once it has. */
  readonly said: string;
}

function Facts({ task, now }: { readonly task: Task; readonly now: Date }) {
  const { workList } = useTexts();
  const language = useLanguage();
  const { child, reason, returnReason, dueBy, school } = task;
  return (
    <>
      <ChildFacts child={child}>
        <div>
          <dt>{workList.due}</dt>
          <dd>
            {momentOf(new Date(dueBy), now, language)} (<TimeLeft until={dueBy} now={now} />)
          </dd>
        </div>
        {school && (
          <div>
            <dt>{reason.startsWith("CIRCLE_") ? workList.schoolNamed : workList.schoolToCall}</dt>
            <dd>
              {schoolName(school)}
              <Reach telephone={school.telephone} />
            </dd>
          </div>
        )}
        {returnReason && (
          <div>
            <dt>{workList.returned}</dt>
            <dd>{workList.returnReasons[returnReason]}</dd>
          </div>
        )}
      </ChildFacts>
      <div className="what-to-do">
        <Heading level={2}>{workList.reasons[reason] ?? reason}</Heading>
        <Paragraph>{workList.whatToDo[reason]}</Paragraph>
      </div>
    </>
  );
}

function schoolRefusalOf(code: string | undefined, texts: Texts["workList"]): string {
  if (code === "SCHOOL_UNKNOWN") return texts.schoolUnknown;
  return code === "SCHOOL_NOT_NAMED" ? texts.schoolNotNamed : texts.schoolNotParticipating;
}

/** @returns undefined where the gesture was made. */
function refusalOf({ __typename: type, code }: Outcome, texts: Texts["workList"]): string | undefined {
  switch (type) {
    case "SignalRouted":
    case "TaskEnded":
    case "RoutingTaskClaimed":
    case "RoutingTaskReleased":
      return undefined;
    case "RoutingTaskTaken":
      return texts.taken;
    case "SchoolNotAvailable":
      return schoolRefusalOf(code, texts);
    case "CandidateNotFound":
      return texts.candidateGone;
    default:
      return texts.closedByOther;
  }
}
