import { parseArgs } from "node:util";
import { type RegionOptions, simulateRegions } from "./regions.ts";
import { describeYears, isWell } from "./report.ts";

/*
 * npm run simulate -- [--schools N] [--signals M] [--seed S] [--pupils P] [--lead MINUTES] [--regions R] [--break outbox]:
 * a year of a made-up region, on a virtual clock, in a PostgreSQL of its own; `--lead` is ESCALATION_LEAD_MINUTES. With
 * `--regions` schools and signals are shared out over so many regions that live side by side, each in a process of its
 * own. Exit code 1 where a signal is left over, lost or doubled.
 */

const { values } = parseArgs({
  options: {
    schools: { type: "string", default: "164" },
    signals: { type: "string", default: "400" },
    pupils: { type: "string", default: "250" },
    seed: { type: "string", default: "1" },
    lead: { type: "string", default: "90" },
    regions: { type: "string", default: "1" },
    break: { type: "string" },
  },
});
const schools = count("schools", 2, 60_000);
const signals = count("signals", 1, 1_000_000);
const pupils = count("pupils", 1, 10_000);
const lead = count("lead", 0, 1_440);
const regions = count("regions", 1, Math.floor(Math.min(schools / 2, signals)));
const breakage = values.break === "outbox" ? values.break : undefined;
if (values.break !== breakage) refuse("--break takes: outbox");

const options: RegionOptions = { schools, signals, pupils, seed: values.seed, lead, breakage };
const years = await simulateRegions(options, regions, (text) => console.error(text));
console.log(describeYears(years, values.seed));
process.exitCode = years.every(isWell) ? 0 : 1;

function count(name: "schools" | "signals" | "pupils" | "lead" | "regions", least: number, most: number): number {
  const given = Number(values[name]);
  return Number.isInteger(given) && given >= least && given <= most
    ? given
    : refuse(`--${name} takes a whole number from ${least} to ${most}`);
}

function refuse(text: string): never {
  console.error(text);
  process.exit(2);
}
