import { Heading } from "@nl-design-system-candidate/heading-react";
import { Paragraph } from "@nl-design-system-candidate/paragraph-react";
import type { Ask } from "../api/ask.ts";
import type { Follow } from "../api/follow.ts";
import { useLiveList } from "../api/use-live-list.ts";
import { nameOf } from "../elements/child.ts";
import { Notice } from "../elements/notice.tsx";
import { OpenedView } from "../elements/opened-view.tsx";
import { useFamilyTexts } from "../language/family/use-family-texts.ts";
import { useLanguage, useTexts } from "../language/language.ts";
import { periodText } from "../language/moments.ts";
import { AbsenceForm } from "./absence-form.tsx";
import { absencesSource } from "./operations.ts";
import type { PupilAbsence } from "./pupil-absences.ts";

/** Where an officer calls for a talk about absence, and sees how far those talks are, and nothing of their content. */
export default function AbsencesView(props: {
  readonly follow: Follow;
  readonly ask: Ask;
  readonly onClose: () => void;
}) {
  const { follow, ask, onClose } = props;
  const { pupilAbsences: texts } = useFamilyTexts();
  const { workList, failure } = useTexts();
  const { list, lostSince } = useLiveList(follow, ask, absencesSource);
  return (
    <OpenedView title={texts.title} back={workList.back} onClose={onClose}>
      <Paragraph>{texts.lead}</Paragraph>
      <AbsenceForm ask={ask} />
      <Heading level={2}>{texts.talks}</Heading>
      <Notice>{lostSince && list === undefined ? failure.unread : undefined}</Notice>
      {list?.length === 0 && <p className="hint">{texts.none}</p>}
      <ol className="tasks">
        {list?.map((absence) => (
          <li key={absence.id} className="task-row task-row--told">
            <Row absence={absence} />
          </li>
        ))}
      </ol>
    </OpenedView>
  );
}

function Row({ absence }: { readonly absence: PupilAbsence }) {
  const { pupilAbsences: texts, talks } = useFamilyTexts();
  const { child: words } = useTexts();
  const language = useLanguage();
  return (
    <>
      <span className="task-row__child">{nameOf(absence.child, { ...words, unknown: texts.noConsent })}</span>
      <span className="task-row__reason">{talks.status[absence.talk]}</span>
      <span className="task-row__left">{periodText(absence, language)}</span>
    </>
  );
}
