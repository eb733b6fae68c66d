import "../styles/availability.css";
import { Heading } from "@nl-design-system-candidate/heading-react";
import { Paragraph } from "@nl-design-system-candidate/paragraph-react";
import { useCallback, useEffect, useState } from "react";
import type { Ask } from "../api/ask.ts";
import { Notice } from "../elements/notice.tsx";
import { OpenedView } from "../elements/opened-view.tsx";
import { useTexts } from "../language/language.ts";
import { Absences } from "./absences.tsx";
import { ContactHours } from "./contact-hours.tsx";
import { availability, type School } from "./operations.ts";
import { OwnSchoolDays } from "./own-school-days.tsx";

/** When somebody at a school can be reached, so that a message is never where nobody looks. */
export default function AvailabilityView({ ask, onClose }: { readonly ask: Ask; readonly onClose: () => void }) {
  const { availability: texts, failure, message } = useTexts();
  const [schools, setSchools] = useState<readonly School[]>();
  const [notice, setNotice] = useState<string>();

  const read = useCallback(async () => {
    try {
      setSchools((await ask(availability, {})).schools);
      setNotice(undefined);
    } catch {
      setNotice(failure.unread);
    }
  }, [ask, failure]);
  useEffect(() => void read(), [read]);

  return (
    <OpenedView title={texts.title} back={message.back} onClose={onClose}>
      <Paragraph>{texts.lead}</Paragraph>
      <Notice>{notice}</Notice>
      {schools?.map((school) => (
        <section key={school.id} className="availability">
          <Heading level={2}>{school.name}</Heading>
          <Absences school={school} ask={ask} onChange={read} />
          <ContactHours school={school} ask={ask} onChange={read} />
          <OwnSchoolDays school={school} ask={ask} onChange={read} />
        </section>
      ))}
    </OpenedView>
  );
}
