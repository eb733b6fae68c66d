import { Heading } from "@nl-design-system-candidate/heading-react";
import { useLanguage, useTexts } from "../language/language.ts";
import type { Figures } from "./figures.ts";
import { funnelShape } from "./funnel-shape.ts";

/** How many signals came in this month, and how many of these were seen and ended in support. */
export function Funnel({ figures: { signals, seen, supported } }: { readonly figures: Figures }) {
  const { wall: texts } = useTexts();
  const language = useLanguage();
  const stages = [
    { name: texts.raised, count: signals },
    { name: texts.seen, count: seen },
    { name: texts.supported, count: supported },
  ];
  const { height, bands, bandHeight, slopes } = funnelShape(stages.map(({ count }) => count));
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
  return (
    <section className="funnel">
      <Heading level={2}>{texts.funnel}</Heading>
      <div className="funnel__plot">
        <dl>
          {stages.map(({ name, count }) => (
            <div key={name}>
              <dt>{name}</dt>
              {count === null ? (
                <dd className="figure__note">{texts.fewerThanFive}</dd>
              ) : (
                <dd>
                  {count}
                  {signals !== null && <span className="figure__note">{percent.format(count / signals)}</span>}
                </dd>
              )}
            </div>
          ))}
        </dl>
        {/* The list says the same. */}
        <svg viewBox={`0 0 100 ${height}`} preserveAspectRatio="none" aria-hidden="true">
          {slopes.map((points, at) => (
            <polygon key={stages[at]?.name} points={points} />
          ))}
          {bands.map(({ top, width }, at) => (
            <rect key={stages[at]?.name} y={top} width={width} height={bandHeight} />
          ))}
        </svg>
      </div>
    </section>
  );
}
