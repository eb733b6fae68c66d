import { describe, expect, test } from "@jest/globals";
import { describeOutcome, progressBar } from "../../imports/terminal.ts";

function terminal(isTTY: boolean) {
  const written: string[] = [];
  return { written, isTTY, write: (text: string) => written.push(text) };
}

describe("the progress bar", () => {
  test("shows the share of the file, the rows and the rows a second", () => {
    const output = terminal(true);
    let at = 0;
    const bar = progressBar(output, () => at);
    at = 2_000;
    bar.show({ rows: 5_000, bytesRead: 50, bytesTotal: 100 });
    expect(output.written.at(-1)).toBe(`\r\x1b[2K${"█".repeat(15)}${"░".repeat(15)}  50 %  5,000 rows, 2,500 rows/s`);
  });

  test("is not drawn more than ten times a second", () => {
    const output = terminal(true);
    let at = 0;
    const bar = progressBar(output, () => at);
    for (at = 0; at < 1_000; at += 10) bar.show({ rows: at, bytesRead: at, bytesTotal: undefined });
    expect(output.written).toHaveLength(10);
  });

  test("is silent where there is no terminal", () => {
    const output = terminal(false);
    const bar = progressBar(output, () => 0);
    bar.show({ rows: 1, bytesRead: 1, bytesTotal: 1 });
    bar.clear();
    expect(output.written).toEqual([]);
  });
});

describe("the outcome", () => {
  const counts = { pupils: { added: 1_200, changed: 0, reopened: 0, ended: 0, unchanged: 3 } };
  const good = { subject: "99XA00", counts, refused: 0, refusedRows: [], endingsWithheld: [] };

  test("is told in counts", () => {
    expect(describeOutcome(good)).toEqual([
      "Imported 99XA00",
      "  pupils:        1,200 new, 0 changed, 0 reopened, 0 ended, 3 unchanged",
    ]);
  });

  test("lists the rows that were left out, and how many more there are", () => {
    const refusedRows = [{ line: 7, reason: "BSN_INVALID" as const }];
    expect(describeOutcome({ ...good, refused: 3, refusedRows, endingsWithheld: ["pupils"] }).slice(2)).toEqual([
      "  None of the pupils were ended: a refused row has no key that can be read",
      "Left out 3 rows",
      "  line 7: BSN_INVALID",
      "  and 2 more",
    ]);
  });
});
