import { Button } from "@nl-design-system-candidate/button-react";
import { type FormEvent, useState } from "react";
import { Reach } from "../elements/reach.tsx";
import { useTexts } from "../language/language.ts";
import { type Candidate, schoolName, type Task } from "./work-list.ts";

export interface SchoolChoice {
  readonly schoolId: string;
  readonly candidateId: string | null;
}

const other = "other";

/** Asks to which school a signal goes: one that the registry names, or any other. */
export function RouteForm(props: {
  readonly task: Task;
  readonly isBusy: boolean;
  readonly onChoice: (choice: SchoolChoice) => void;
  readonly onClose: () => void;
}) {
  const { task, isBusy, onChoice, onClose } = props;
  const { workList } = useTexts();
  const [chosen, setChosen] = useState(task.candidates.length === 0 ? other : "");
  const [site, setSite] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const candidate = task.candidates.find(({ id }) => id === chosen);
    if (candidate) onChoice({ schoolId: candidate.school.id, candidateId: candidate.id });
    else if (chosen === other) onChoice({ schoolId: site.trim().toUpperCase(), candidateId: null });
  };
  return (
    <form className="actions" onSubmit={submit}>
      <fieldset>
        <legend>{workList.candidates}</legend>
        {task.candidates.length === 0 && <p className="hint">{workList.noCandidates}</p>}
        {task.candidates.map((candidate) => (
          <CandidateChoice
            key={candidate.id}
            candidate={candidate}
            isChosen={chosen === candidate.id}
            onChoose={() => setChosen(candidate.id)}
          />
        ))}
        <label className="choice">
          <input
            type="radio"
            name="school"
            value={other}
            required
            checked={chosen === other}
            onChange={() => setChosen(other)}
          />
          {workList.otherSchool}
        </label>
      </fieldset>
      {chosen === other && (
        <div className="field">
          <label htmlFor="site">{workList.otherSchoolHint}</label>
          <input
            id="site"
            value={site}
            onChange={({ target }) => setSite(target.value)}
            required
            pattern="\s*\d{2}[A-Za-z]{2}\d{2}\s*"
            autoComplete="off"
            spellCheck={false}
          />
        </div>
      )}
      <div className="buttons">
        <Button purpose="primary" type="submit" busy={isBusy}>
          {workList.route}
        </Button>
        <Button purpose="secondary" onClick={onClose}>
          {workList.close}
        </Button>
      </div>
    </form>
  );
}

function CandidateChoice(props: {
  readonly candidate: Candidate;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}) {
  const { candidate, isChosen, onChoose } = props;
  const { workList } = useTexts();
  const { id, school, childName, reason } = candidate;
  return (
    <label className="choice">
      <input
        type="radio"
        name="school"
        value={id}
        required
        checked={isChosen}
        disabled={!school.participates}
        onChange={onChoose}
      />
      <span>
        <strong>{schoolName(school)}</strong>
        <span className="choice__why">{`${childName}: ${workList.candidateReasons[reason] ?? reason}`}</span>
        {!school.participates && <span className="choice__why">{workList.doesNotParticipate}</span>}
        {!school.participates && <Reach telephone={school.telephone} />}
      </span>
    </label>
  );
}
