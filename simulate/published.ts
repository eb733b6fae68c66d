import { dutchDay } from "../plumbing/dutch-time.ts";
import type { Answer, PartName, Parts } from "./parts.ts";
import { readAll } from "./reckoning.ts";
import { firstDay } from "./region.ts";

/** The year's figures as an operator gets them, and where they are not what the ledger says in whole fives. */
export interface Published {
  readonly statistics: Answer;
  readonly differences: readonly string[];
}

const operator = { party: "operator", organisation: "00000099000000007000", scope: "statistics:read" };
const lastAsked = "2028-06-30";

export async function compareFigures(
  databases: Readonly<Record<PartName, { readonly adminUrl: string }>>,
  parts: Parts,
): Promise<Published> {
  const { statistics } = await parts.ask("leerplicht", operator, question, { from: firstDay, to: lastAsked });
  const cells = new Map<string, { signals: number; seen: number; supported: number }>();
  const ledger = await readAll<Row>(databases.leerplicht.adminUrl, ledgerQuery);
  for (const { received_at, municipality, seen_at, progress } of ledger) {
    const key = `${dutchDay(received_at).slice(0, 7)} ${municipality}`;
    const cell = cells.get(key) ?? { signals: 0, seen: 0, supported: 0 };
    cells.set(key, cell);
    cell.signals += 1;
    cell.seen += Number(seen_at !== null);
    cell.supported += Number(progress === "SUPPORTED");
  }
  const expected = [...cells]
    .filter(([, { signals }]) => signals >= 5)
    .map(([key, { signals, seen, supported }]) => `${key} ${fives(signals)} ${fives(seen)} ${fives(supported)}`);
  const told: string[] = statistics.months.map(
    ({ month, municipality, signals, seen, supported }: Answer) =>
      `${month} ${municipality} ${signals} ${seen} ${supported}`,
  );
  return { statistics, differences: [...new Set(expected).symmetricDifference(new Set(told))].sort() };
}

interface Row {
  readonly received_at: Date;
  readonly municipality: string;
  readonly seen_at: Date | null;
  readonly progress: string;
}

function fives(count: number): number | null {
  return count < 5 ? null : count - (count % 5);
}

const figures = `signals seen supported shareSeenInTime medianMinutesToSeen p90MinutesToSeen
  medianMinutesToSupported p90MinutesToSupported`;
const question = `query ($from: Date!, $to: Date!) { statistics(from: $from, to: $to) {
  ${figures} backlog oldestWaitingMinutes backlogByReason { reason count } months { month municipality ${figures} } } }`;
const ledgerQuery = `
  select received_at, place as municipality, seen_at, progress
  from care.submission join care.measured on submission_id = id`;
