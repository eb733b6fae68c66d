import { Heading } from "@nl-design-system-candidate/heading-react";
import { Paragraph } from "@nl-design-system-candidate/paragraph-react";
import { useTexts } from "../language/language.ts";
import type { Figures } from "./figures.ts";

/** Why signals wait for an officer, the commonest reason first. */
export function Backlog({ figures: { backlogByReason } }: { readonly figures: Figures }) {
  const { wall: texts, workList } = useTexts();
  const reasons = [...backlogByReason].sort((one, other) => other.count - one.count);
  const most = reasons[0]?.count ?? 1;
  const words: Readonly<Record<string, string>> = workList.reasons;
  return (
    <section className="by-reason">
      <Heading level={2}>{texts.byReason}</Heading>
      {reasons.length === 0 ? (
        <Paragraph>{texts.noReason}</Paragraph>
      ) : (
        <dl className="bars">
          {reasons.map(({ reason, count }) => (
            <div key={reason}>
              <dt>{words[reason] ?? reason}</dt>
              <dd>
                <svg viewBox={`0 0 ${most} 1`} preserveAspectRatio="none" aria-hidden="true">
                  <rect width={count} height={1} />
                </svg>
                {count}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
