import { Heading } from "@nl-design-system-candidate/heading-react";
import { useLanguage, useTexts } from "../language/language.ts";
import { durationOf } from "../language/moments.ts";
import type { MunicipalityFigures } from "./figures.ts";

/** The same figures by municipality; those with fewer than five signals are not told of. */
export function Municipalities({ months }: { readonly months: readonly MunicipalityFigures[] }) {
  const { wall: texts } = useTexts();
  const language = useLanguage();
  if (months.length === 0) return null;
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
  const told = <Value,>(value: Value | null, show: (value: Value) => string | number) =>
    value === null ? <span className="figure__note">{texts.fewerThanFive}</span> : show(value);
  return (
    <section className="by-municipality">
      <Heading level={2}>{texts.byMunicipality}</Heading>
      <table className="wall-table">
        <thead>
          <tr>
            <th scope="col">{texts.municipality}</th>
            <th scope="col">{texts.raised}</th>
            <th scope="col">{texts.inTime}</th>
            <th scope="col">{texts.median}</th>
          </tr>
        </thead>
        <tbody>
          {months.map(({ month, municipality, municipalityName, signals, shareSeenInTime, medianMinutesToSeen }) => (
            <tr key={`${month} ${municipality}`}>
              <th scope="row">{municipalityName ?? texts.municipalityNames[municipality] ?? municipality}</th>
              <td>{told(signals, String)}</td>
              <td>{told(shareSeenInTime, percent.format)}</td>
              <td>{told(medianMinutesToSeen, (minutes) => durationOf(minutes, language))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
