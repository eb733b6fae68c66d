import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { root } from "../../system/root.ts";

/** What writes to the processing log, or does with it what it is for. */
const recording =
  /\b(recordProcessing|recordProcessingOf|recordReport|recordSignals|recordSending|recordSought|recordPupil|makeGesture|moveSentSignal|takeConversation|gesture|lookForSchool|withdraw|seen|seeParentView)\(/;

/** What changes something, or does something by itself, and touches no child's data. */
const ofNoChild: Readonly<Record<string, string>> = {
  "leerplicht/doors/report-contact-gap": "of a school's staff",
  "school/doors/cancel-absence": "of a school's staff",
  "school/doors/record-absence": "of a school's staff",
  "school/doors/remove-school-days": "of a school's calendar",
  "school/doors/send-practice-signal": "about a made-up pupil",
  "school/doors/set-contact-hours": "of a school's staff",
  "school/doors/set-school-days": "of a school's calendar",
  "leerplicht/hops/erase-absences": "erases, and hands nobody on",
  "leerplicht/hops/forget-child": "erases, and hands nobody on",
  "leerplicht/hops/publish-figures": "counts",
  "school/hops/erase": "erases, and hands nobody on",
  "school/hops/follow-calendar": "of a school's calendar",
  "school/hops/look-ahead": "of a school's staff",
  "school/hops/mail-talk-reminder": "tells a school's staff to sign in",
  "school/hops/remind": "tells a school's staff to sign in",
  "school/hops/remind-of-talk": "tells a school's staff to sign in",
  "school/hops/send-reminder": "tells a school's staff to sign in",
  "shelter/hops/erase-guidance": "erases, and hands nobody on",
  "shelter/hops/remind-of-talk": "asks the school's part, whose door writes it, and tells a supporter to sign in",
  "shelter/hops/tell-of-family": "has those look who may, which is written when they do",
};

/** What opens an identity and leaves it to its callers to write who had it opened. */
const writtenByCallers: Readonly<Record<string, string>> = {
  "leerplicht/store/sought-child": "opens it for the rest",
  "school/store/pupil-number": "opens it for the rest",
  "leerplicht/store/routing": "by submit-signal, release-signal and pass-on",
};

const sources = readdirSync(join(root, "subgraphs"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file): [string, string] => [file.replace(".ts", ""), readFileSync(join(root, "subgraphs", file), "utf8")]);

const doors = sources.filter(([name, source]) => name.includes("/doors/") && source.includes("@Mutation("));
const jobs = sources.filter(
  ([name, source]) => name.includes("/hops/") && /\): Task\b|\basync complete\(|\backnowledged(\(|:)/.test(source),
);
const openers = sources.filter(([, source]) => /\b(pupilNumberOf|soughtChildOf|childOfSought)\(/.test(source));

test.each([...doors, ...jobs])("%s writes to the processing log, or touches no child's data", (name, source) => {
  expect(recording.test(source)).toBe(!(name in ofNoChild));
});

test.each(openers)("%s opens who a child is, and writes to the processing log, or its callers do", (name, source) => {
  expect(recording.test(source)).toBe(!(name in writtenByCallers));
});

describe("what is said to need no entry", () => {
  test("is there", () => {
    const names = new Set([...doors, ...jobs, ...openers].map(([name]) => name));
    expect([...Object.keys(ofNoChild), ...Object.keys(writtenByCallers)].filter((name) => !names.has(name))).toEqual(
      [],
    );
  });
});
