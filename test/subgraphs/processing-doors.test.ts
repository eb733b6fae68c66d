import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { root } from "../../system/root.ts";

/** What writes to the processing log, or does with it what it is for. */
const recording =
  /\b(recordProcessing|recordProcessingOf|recordReport|recordSignals|makeGesture|moveSentSignal|takeConversation|gesture|lookForSchool|seeParentView)\(/;

/** Doors that change something and touch nobody's data, or none that is a child's. */
const ofNoChild: Readonly<Record<string, string>> = {
  "leerplicht/end-search": "forgets a child: nothing of it is read, or goes anywhere",
  "leerplicht/release-routing-task":
    "gives back the time that an officer has taken: the task, and nobody in it, is touched",
  "leerplicht/report-appearance": "when a delivery appears, by its id",
  "leerplicht/report-contact-gap": "of a school's staff",
  "leerplicht/report-talk": "how far a talk is, by its id",
  "school/cancel-absence": "of a school's staff",
  "school/record-absence": "of a school's staff",
  "school/remind-contacts": "mails a school's staff, by the key of a circle",
  "school/remove-school-days": "of a school's calendar",
  "school/send-practice-signal": "about a made-up pupil",
  "school/set-contact-hours": "of a school's staff",
  "school/set-school-days": "of a school's calendar",
};

const files = readdirSync(join(root, "subgraphs"), { recursive: true, encoding: "utf8" });
const doors = files
  .filter((file) => /^\w+\/doors\/[\w-]+\.ts$/.test(file))
  .map((file): [string, string] => [
    file.replace("/doors/", "/").replace(".ts", ""),
    readFileSync(join(root, "subgraphs", file), "utf8"),
  ])
  .filter(([, source]) => source.includes("@Mutation("));

describe("a door that changes something", () => {
  test.each(doors)("%s writes to the processing log, or touches no child's data", (name, source) => {
    expect(recording.test(source)).toBe(!(name in ofNoChild));
  });

  test("that is said to touch none is there", () => {
    const names = new Set(doors.map(([name]) => name));
    expect(Object.keys(ofNoChild).filter((name) => !names.has(name))).toEqual([]);
  });
});
