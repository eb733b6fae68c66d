import { Heading } from "@nl-design-system-candidate/heading-react";
import { type Ask, operation } from "../api/ask.ts";
import { usePolled } from "../api/use-polled.ts";
import { Reach } from "../elements/reach.tsx";
import { useLanguage, useTexts } from "../language/language.ts";
import { dayOf, listOf } from "../language/moments.ts";
import contactGapsText from "../operations/leerplicht/contact-gaps.graphql?raw";
import { type School as SchoolToCall, schoolName } from "./work-list.ts";

interface Gap {
  /** ISO 8601, a day. */
  readonly day: string;
  readonly inArea: boolean;
  readonly school: Pick<SchoolToCall, "id" | "name" | "city" | "telephone">;
}

const contactGaps = operation<{ readonly contactGaps: readonly Gap[] }>(contactGapsText);

/** How often they are looked at, in milliseconds: they are found on the day before. */
const every = 60_000;

/** The schools at which nobody can be reached on a day to come: there is still time to call them. */
export function ContactGaps({ ask }: { readonly ask: Ask }) {
  const { workList } = useTexts();
  const { value: gaps } = usePolled(async () => (await ask(contactGaps, {})).contactGaps, every);
  if (gaps === undefined || gaps.length === 0) return null;
  return (
    <section className="what-to-do">
      <Heading level={2}>{workList.gaps}</Heading>
      <ul>
        {[...Map.groupBy(gaps, ({ school }) => school.id).values()].map((days) => (
          <School key={days[0]?.school.id} days={days} />
        ))}
      </ul>
    </section>
  );
}

/** @param days of one school */
function School({ days }: { readonly days: readonly Gap[] }) {
  const { workList } = useTexts();
  const language = useLanguage();
  const [first] = days;
  if (first === undefined) return null;
  const named = listOf(
    days.map(({ day }) => dayOf(day, language)),
    language,
  );
  return (
    <li>
      <strong>{schoolName(first.school)}</strong>
      {`: ${named}${first.inArea ? "" : ` (${workList.gapElsewhere})`}`}
      <Reach telephone={first.school.telephone} />
    </li>
  );
}
