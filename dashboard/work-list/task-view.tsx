import { Button } from "@nl-design-system-candidate/button-react";
import { Heading } from "@nl-design-system-candidate/heading-react";
import { Paragraph } from "@nl-design-system-candidate/paragraph-react";
import { useEffect, useRef, useState } from "react";
import { type Ask, Failure, type Operation } from "../api/ask.ts";
import { FocusedHeading } from "../elements/focused-heading.tsx";
import { Notice } from "../elements/notice.tsx";
import { useNow } from "../elements/use-now.ts";
import { useLanguage, useTexts } from "../language/language.ts";
import { birthDateOf, momentOf } from "../language/moments.ts";
import type { Texts } from "../language/texts.ts";
import { CloseForm } from "./close-form.tsx";
import { close, type GestureAnswer, route } from "./operations.ts";
import { RouteForm } from "./route-form.tsx";
import { TimeLeft } from "./time-left.tsx";
import { nameOf, type Task } from "./work-list.ts";

/** One task, and the two ways to end it. */
export function TaskView(props: {
  readonly id: string;
  /** Undefined once somebody has done it. */
  readonly task: Task | undefined;
  readonly ask: Ask;
  /** @param why said in the list, where there is something to say. */
  readonly onClose: (why?: string) => void;
}) {
  const { id, task, ask, onClose } = props;
  const { workList, failure } = useTexts();
  const [notice, setNotice] = useState<string>();
  const [isClosing, setClosing] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const isOurs = useRef(false);

  useEffect(() => {
    const onKey = ({ key }: KeyboardEvent) => key === "Escape" && onClose();
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [onClose]);

  useEffect(() => {
    if (task === undefined && !isOurs.current) onClose(workList.closedByOther);
  }, [task, onClose, workList]);

  const make = async <Variables,>(
    operation: Operation<GestureAnswer, Variables>,
    variables: Variables,
    done: string,
  ) => {
    if (isBusy) return;
    setBusy(true);
    setNotice(undefined);
    isOurs.current = true;
    try {
      const { result } = await ask(operation, variables);
      const refusal = refusalOf(result, workList);
      if (refusal === undefined) return onClose(done);
      isOurs.current = false;
      setNotice(refusal);
    } catch (error) {
      isOurs.current = false;
      setNotice(error instanceof Failure && error.code === "UNREACHABLE" ? failure.unreachable : failure.other);
    }
    setBusy(false);
  };

  if (task === undefined) return null;
  return (
    <article className="task">
      <Button purpose="subtle" onClick={() => onClose()}>
        {workList.back}
      </Button>
      <Child task={task} />
      <Notice>{notice}</Notice>
      {isClosing ? (
        <CloseForm
          isBusy={isBusy}
          onCancel={() => setClosing(false)}
          onOutcome={(outcome) => void make(close, { taskId: id, outcome }, workList.closed)}
        />
      ) : (
        <RouteForm
          task={task}
          isBusy={isBusy}
          onClose={() => setClosing(true)}
          onChoice={(choice) => void make(route, { taskId: id, ...choice }, workList.routed)}
        />
      )}
    </article>
  );
}

function Child({ task }: { readonly task: Task }) {
  const { workList } = useTexts();
  const language = useLanguage();
  const now = useNow(15_000);
  const { child, reason, dueBy } = task;
  return (
    <>
      <FocusedHeading>{nameOf(task, workList)}</FocusedHeading>
      <dl className="facts">
        {child.birthDate && (
          <div>
            <dt>{workList.born}</dt>
            <dd>{birthDateOf(child.birthDate, language)}</dd>
          </div>
        )}
        {child.bsn && (
          <div>
            <dt>{workList.bsn}</dt>
            <dd>{child.bsn}</dd>
          </div>
        )}
        <div>
          <dt>{workList.due}</dt>
          <dd>
            {momentOf(new Date(dueBy), now, language)} (<TimeLeft task={task} now={now} />)
          </dd>
        </div>
      </dl>
      <div className="what-to-do">
        <Heading level={2}>{workList.reasons[reason]}</Heading>
        <Paragraph>{workList.whatToDo[reason]}</Paragraph>
      </div>
    </>
  );
}

/** @returns undefined where the gesture was made. */
function refusalOf({ __typename: type, code }: GestureAnswer["result"], texts: Texts["workList"]): string | undefined {
  switch (type) {
    case "SignalRouted":
    case "TaskEnded":
      return undefined;
    case "SchoolNotAvailable":
      return code === "SCHOOL_UNKNOWN" ? texts.schoolUnknown : texts.schoolNotParticipating;
    case "CandidateNotFound":
      return texts.candidateGone;
    default:
      return texts.closedByOther;
  }
}
