import "../styles/wall.css";
import { Heading } from "@nl-design-system-candidate/heading-react";
import type { Ask } from "../api/ask.ts";
import { usePolled } from "../api/use-polled.ts";
import { Frame } from "../elements/frame.tsx";
import { useNow } from "../elements/use-now.ts";
import { useLanguage, useTexts } from "../language/language.ts";
import { durationOf, monthOf, timeOf } from "../language/moments.ts";
import type { Session } from "../session/session.ts";
import { Backlog } from "./backlog.tsx";
import { readFederation, withoutHealth } from "./federation.ts";
import { type Figures, wall } from "./figures.ts";
import { Funnel } from "./funnel.tsx";
import { Municipalities } from "./municipalities.tsx";
import { thisMonth } from "./this-month.ts";
import { Topology } from "./topology.tsx";

/** How often figures and parts are looked at, in milliseconds. */
const figuresEvery = 30_000;
const partsEvery = 5_000;

/** The screen on the operators' wall: whether the promise is kept, and whether all parts work. */
export default function Wall(props: {
  readonly session: Session;
  readonly ask: Ask;
  readonly onLanguage: () => void;
  readonly onSignOut: () => void;
}) {
  const { session, ask, onLanguage, onSignOut } = props;
  const { wall: texts } = useTexts();
  const language = useLanguage();
  const now = useNow(60_000);
  const figures = usePolled(async () => (await ask(wall, thisMonth(new Date()))).statistics, figuresEvery);
  const parts = usePolled(() => readFederation(session), partsEvery);
  const title = texts.title(monthOf(now, language));
  return (
    <Frame title={title} isWide={true} onLanguage={onLanguage} onSignOut={onSignOut}>
      <Heading level={1}>{title}</Heading>
      <p role="status" className={figures.isStale ? "connection-line connection-line--lost" : "connection-line"}>
        {figures.isStale ? texts.stale : figures.readAt && texts.updated(timeOf(figures.readAt, language))}
      </p>
      {figures.value && (
        <>
          <FigureBoard figures={figures.value} />
          <p className="figure__note">{texts.byFives}</p>
          <div className="plots">
            <Funnel figures={figures.value} />
            <Backlog figures={figures.value} />
          </div>
          <Municipalities months={figures.value.months} />
        </>
      )}
      {parts.value && (
        <section className="parts">
          <Heading level={2}>{texts.federation}</Heading>
          <p role="status" className={parts.isStale ? "connection-line connection-line--lost" : "notice-place"}>
            {parts.isStale && texts.partsStale}
          </p>
          <Topology federation={parts.isStale ? withoutHealth(parts.value) : parts.value} />
        </section>
      )}
    </Frame>
  );
}

function FigureBoard({ figures }: { readonly figures: Figures }) {
  const { wall: texts } = useTexts();
  const language = useLanguage();
  const { shareSeenInTime, oldestWaitingMinutes, backlog, medianMinutesToSeen, p90MinutesToSeen } = figures;
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
  const duration = (minutes: number) => durationOf(minutes, language);
  return (
    <dl className="figures">
      <Figure
        name={texts.inTime}
        note={texts.inTimeNote}
        value={shareSeenInTime}
        show={percent.format}
        isFirst={true}
      />
      <Figure
        name={texts.oldest}
        note={texts.oldestNote}
        none={texts.oldestNone}
        value={oldestWaitingMinutes}
        show={duration}
      />
      <Figure name={texts.backlog} value={backlog} show={String} />
      <Figure name={texts.median} value={medianMinutesToSeen} show={duration} />
      <Figure name={texts.nineInTen} value={p90MinutesToSeen} show={duration} />
    </dl>
  );
}

function Figure(props: {
  readonly name: string;
  readonly note?: string;
  /** Said where there is no figure. */
  readonly none?: string;
  readonly value: number | null;
  readonly show: (value: number) => string;
  readonly isFirst?: boolean;
}) {
  const { wall: texts } = useTexts();
  const { name, note, none = texts.fewerThanFive, value, show, isFirst = false } = props;
  return (
    <div className={isFirst ? "figure figure--first" : "figure"}>
      <dt>
        {name}
        {note && <span className="figure__note">{note}</span>}
      </dt>
      {value === null ? (
        <dd className="figure__none">
          <span aria-hidden="true">—</span>
          <span className="figure__note">{none}</span>
        </dd>
      ) : (
        <dd>{show(value)}</dd>
      )}
    </div>
  );
}
