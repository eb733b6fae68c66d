import { describe, expect, test } from "@jest/globals";
import { toSvg } from "../../gateway/operation/plan-drawing.ts";
import type { PlanBox } from "../../gateway/operation/plan-picture.ts";

const fetch = (name: string, operation = "{ a }"): PlanBox => ({ title: `Fetch ${name}`, operation, below: [] });

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Where the boxes stand, in the order in which they are drawn: their places are nested groups. */
function places(svg: string): Place[] {
  const found: Place[] = [];
  const moves: Place[] = [];
  for (const [tag, x, y] of svg.matchAll(/<g transform="translate\(([\d.]+) ([\d.]+)\)">|<\/g>|<rect /g)) {
    if (tag === "</g>") moves.pop();
    else if (x !== undefined) moves.push({ x: Number(x), y: Number(y) });
    else found.push(moves.reduce((sum, move) => ({ x: sum.x + move.x, y: sum.y + move.y }), { x: 0, y: 0 }));
  }
  return found;
}

const arrows = (svg: string) => svg.match(/<path class="arrow"/g)?.length ?? 0;

describe("a plan is drawn as a flowchart", () => {
  test("in which what follows stands below, with an arrow to it", () => {
    const svg = toSvg({ title: "Sequence", below: [fetch("one"), fetch("two"), fetch("three")] });
    const [one, two, three] = places(svg).map(({ y }) => y) as [number, number, number];
    expect(one).toBe(0);
    expect(two).toBeGreaterThan(one);
    expect(three).toBeGreaterThan(two);
    expect(arrows(svg)).toBe(2);
  });

  test("in which what goes on at once stands side by side, with arrows from each to what follows all", () => {
    const both: PlanBox = { title: "Parallel", below: [fetch("one"), fetch("two")] };
    const svg = toSvg({ title: "Sequence", below: [both, fetch("three")] });
    const [one, two, three] = places(svg) as [Place, Place, Place];
    expect(two.y).toBe(one.y);
    expect(two.x).toBeGreaterThan(one.x);
    expect(three.y).toBeGreaterThan(one.y);
    expect(arrows(svg)).toBe(2);
  });

  test("in which the operations can be read, and are no markup", () => {
    const svg = toSvg(fetch("one", '{\n  a(text: "<b>&")\n}'));
    expect(svg).toContain('  a(text: "&lt;b&gt;&amp;")');
    expect(svg).not.toContain("<b>");
  });

  test("of nothing, too", () => {
    expect(places(toSvg({ title: "Nothing to fetch", below: [] }))).toHaveLength(1);
  });
});
