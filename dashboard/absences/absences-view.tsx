import { Button } from "@nl-design-system-candidate/button-react";
import { Heading } from "@nl-design-system-candidate/heading-react";
import { Paragraph } from "@nl-design-system-candidate/paragraph-react";
import { useCallback, useEffect, useState } from "react";
import { type Ask, Failure } from "../api/ask.ts";
import { FocusedHeading } from "../elements/focused-heading.tsx";
import { Notice } from "../elements/notice.tsx";
import { useLanguage, useTexts } from "../language/language.ts";
import { dayOf } from "../language/moments.ts";
import { AbsenceForm } from "./absence-form.tsx";
import { type Absence, absences, cancelAbsence, type NewAbsence, recordAbsence, type School } from "./operations.ts";

/** Who of the contact persons is not there, so that somebody who is there is told of a message. */
export function AbsencesView({ ask, onClose }: { readonly ask: Ask; readonly onClose: () => void }) {
  const { absences: texts, failure: failures, message } = useTexts();
  const [schools, setSchools] = useState<readonly School[]>();
  const [notice, setNotice] = useState<string>();

  const read = useCallback(async () => setSchools((await ask(absences, {})).schools), [ask]);
  const attempt = async (gesture: () => Promise<string | undefined>) => {
    try {
      setNotice(await gesture());
      await read();
    } catch (error) {
      setNotice(error instanceof Failure && error.code === "UNREACHABLE" ? failures.unreachable : failures.other);
    }
  };
  useEffect(() => {
    read().catch(() => setNotice(failures.unreachable));
  }, [read, failures]);

  const record = (input: NewAbsence) =>
    attempt(async () => {
      const { result } = await ask(recordAbsence, { input });
      if (result.__typename === "AbsenceRecorded") return texts.recorded;
      return result.code === undefined ? failures.other : (texts.refusals[result.code] ?? failures.other);
    });
  const cancel = ({ id }: Absence) =>
    attempt(async () => {
      await ask(cancelAbsence, { id });
      return texts.cancelled;
    });

  return (
    <article className="message">
      <Button purpose="subtle" onClick={onClose}>
        {message.back}
      </Button>
      <FocusedHeading>{texts.title}</FocusedHeading>
      <Paragraph>{texts.lead}</Paragraph>
      <Notice>{notice}</Notice>
      {schools?.map((school) => (
        <section key={school.id} className="absences">
          <Heading level={2}>{school.name}</Heading>
          <AbsenceList school={school} onCancel={(absence) => void cancel(absence)} />
          <AbsenceForm school={school} onAbsence={(absence) => void record(absence)} />
        </section>
      ))}
    </article>
  );
}

function AbsenceList({ school, onCancel }: { readonly school: School; readonly onCancel: (absence: Absence) => void }) {
  const { absences: texts } = useTexts();
  const language = useLanguage();
  if (school.absences.length === 0) return <Paragraph>{texts.none}</Paragraph>;
  return (
    <ul>
      {school.absences.map((absence) => (
        <li key={absence.id}>
          <span>
            <strong>{absence.staffMember.name}</strong>
            <span className="hint">
              {texts.period(dayOf(absence.firstDay, language), dayOf(absence.lastDay, language))}
            </span>
          </span>
          <Button
            purpose="secondary"
            onClick={() => onCancel(absence)}
            aria-label={texts.cancelOf(absence.staffMember.name)}
          >
            {texts.cancel}
          </Button>
        </li>
      ))}
    </ul>
  );
}
