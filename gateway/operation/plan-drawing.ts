import type { PlanBox } from "./plan-picture.ts";

/** Pixels. The text is monospaced, so that its width is known without a browser. */
const character = 7.3;
const line = 16;
const padding = 8;
const beside = 16;
const below = 32;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A part of the drawing, of which the upper left corner is at 0, 0 until it is put in its place. */
interface Part {
  readonly width: number;
  readonly height: number;
  /** Where arrows come in and go out. */
  readonly ins: readonly Point[];
  readonly outs: readonly Point[];
  readonly svg: string;
}

/** Draws a plan as a flowchart: what follows stands below, what goes on at once stands side by side. */
export function toSvg(box: PlanBox): string {
  const { width, height, svg } = partOf(box);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="The plan as a flowchart" width="${width}" height="${height}">`,
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0,0 L8,4 L0,8 z"/></marker></defs>',
    `${svg}</svg>`,
  ].join("");
}

function partOf(box: PlanBox): Part {
  if (box.title === "Sequence") return inSequence(box.below.map(partOf));
  if (box.title === "Parallel") return sideBySide(box.below.map(partOf));
  const own = boxPart([box.title, ...(box.operation ?? "").split("\n").filter((text) => text !== "")]);
  return box.below.length === 0 ? own : inSequence([own, sideBySide(box.below.map(partOf))]);
}

function boxPart(lines: readonly string[]): Part {
  const width = Math.ceil(Math.max(...lines.map(({ length }) => length)) * character) + 2 * padding;
  const height = lines.length * line + 2 * padding;
  const texts = lines.map((text, index) => {
    const weight = index === 0 ? ' font-weight="bold"' : "";
    return `<tspan x="${padding}" y="${padding + line * index + 12}"${weight}>${escaped(text)}</tspan>`;
  });
  const svg = `<rect width="${width}" height="${height}" rx="4"/><text xml:space="preserve">${texts.join("")}</text>`;
  return { width, height, ins: [{ x: width / 2, y: 0 }], outs: [{ x: width / 2, y: height }], svg };
}

function inSequence(parts: readonly Part[]): Part {
  const width = Math.max(0, ...parts.map((part) => part.width));
  let y = 0;
  const placed = parts.map((part) => {
    const here = moved(part, (width - part.width) / 2, y);
    y += part.height + below;
    return here;
  });
  const arrows = placed.slice(1).flatMap(({ ins }, index) => {
    const outs = placed[index]?.outs ?? [];
    return outs.flatMap((from) => ins.map((to) => arrow(from, to)));
  });
  const svg = [...placed.map((part) => part.svg), ...arrows].join("");
  const height = Math.max(0, y - below);
  return { width, height, ins: placed[0]?.ins ?? [], outs: placed.at(-1)?.outs ?? [], svg };
}

function sideBySide(parts: readonly Part[]): Part {
  let x = 0;
  const placed = parts.map((part) => {
    const here = moved(part, x, 0);
    x += part.width + beside;
    return here;
  });
  return {
    width: Math.max(0, x - beside),
    height: Math.max(0, ...parts.map(({ height }) => height)),
    ins: placed.flatMap(({ ins }) => ins),
    outs: placed.flatMap(({ outs }) => outs),
    svg: placed.map((part) => part.svg).join(""),
  };
}

function moved(part: Part, dx: number, dy: number): Part {
  const move = ({ x, y }: Point) => ({ x: x + dx, y: y + dy });
  const svg = `<g transform="translate(${dx} ${dy})">${part.svg}</g>`;
  return { ...part, ins: part.ins.map(move), outs: part.outs.map(move), svg };
}

function arrow(from: Point, to: Point): string {
  return `<path class="arrow" d="M${from.x},${from.y} L${to.x},${to.y}" marker-end="url(#tip)"/>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
