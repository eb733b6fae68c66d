import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { pageRequest, toConnection } from "../../plumbing/paging.ts";

interface Row {
  readonly at: Date;
  readonly id: string;
}

const anyRows = fc
  .uniqueArray(
    fc.record({
      at: fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true }),
      id: fc.uuid(),
    }),
    { selector: ({ id }) => id },
  )
  .map((rows) => rows.sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1)));

/** What a database would read for a request. */
function read(rows: readonly Row[], { limit, after }: ReturnType<typeof pageRequest>): Row[] {
  const later = rows.filter(
    ({ at, id }) => after === undefined || at > after.at || (at.getTime() === after.at.getTime() && id > after.id),
  );
  return later.slice(0, limit);
}

describe("a list in pages", () => {
  test("gives every row once, in order, whatever the size of the page", () => {
    fc.assert(
      fc.property(anyRows, fc.integer({ min: 1, max: 7 }), (rows, size) => {
        const seen: string[] = [];
        for (let after: string | null = null; ; ) {
          const request = pageRequest(size, after);
          const page = toConnection(
            read(rows, request),
            request,
            (row) => row,
            ({ id }) => id,
          );
          seen.push(...page.edges.map(({ node }) => node));
          if (!page.pageInfo.hasNextPage) break;
          after = page.pageInfo.endCursor;
        }
        expect(seen).toEqual(rows.map(({ id }) => id));
      }),
    );
  });

  test("of no rows ends nowhere, and a page of none tells whether there are any", () => {
    const empty = pageRequest(0, null);
    const node = ({ id }: Row) => id;
    expect(toConnection([], empty, (row: Row) => row, node)).toEqual({
      edges: [],
      pageInfo: { hasNextPage: false, endCursor: null },
    });
    const row = { at: new Date(0), id: "i" };
    expect(toConnection([row], empty, (one: Row) => one, node).pageInfo.hasNextPage).toBe(true);
  });

  test.each([-1, 501])("refuses a page of %i", (first) => {
    expect(() => pageRequest(first, null)).toThrow(expect.objectContaining({ code: "PAGE_TOO_LARGE" }));
  });

  test("refuses a cursor that is none of ours, whatever it is", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => pageRequest(1, text)).toThrow(expect.objectContaining({ code: "CURSOR_UNKNOWN" }));
      }),
    );
  });
});
