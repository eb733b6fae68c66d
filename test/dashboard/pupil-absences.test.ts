import { describe, expect, test } from "@jest/globals";
import { absenceIn, afterEvent, type PupilAbsence } from "../../dashboard/pupil-absences/pupil-absences.ts";

const absence = (id: string, reportedAt: string): PupilAbsence => ({
  id,
  reportedAt,
  firstDay: "2026-11-20",
  lastDay: "2026-11-20",
  talk: "PROPOSED",
  child: { name: "Noor van der Linden", bsn: null },
});

describe("an office's absences", () => {
  const [first, second] = [absence("first", "2026-11-21T08:00:00Z"), absence("second", "2026-11-22T08:00:00Z")];

  test("stand with the latest first, each once, and as it is now", () => {
    expect(afterEvent([first], { cursor: "1", absence: second })).toEqual([second, first]);
    const held = { ...first, talk: "HELD", child: { name: null, bsn: null } } as const;
    expect(afterEvent([second, first], { cursor: "2", absence: held })).toEqual([second, held]);
  });

  test("are reported with what was filled in, and nothing in the place of what was left open", () => {
    const given = new FormData();
    for (const [name, text] of Object.entries({ bsn: " 999990007 ", givenName: "", firstDay: "2026-11-20" }))
      given.set(name, text);
    expect(absenceIn(given)).toEqual({
      child: { bsn: "999990007", givenName: null, prefix: null, familyName: null, birthDate: null },
      firstDay: "2026-11-20",
      lastDay: "",
    });
  });
});
