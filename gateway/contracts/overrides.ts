import { type DocumentNode, Kind } from "graphql";
import { textArgument, uses } from "./directives.ts";

/** @returns what `percent(N)` says; undefined where a label is any other. */
export function percentageOf(label: string): number | undefined {
  const text = /^percent\((\d+(?:\.\d+)?)\)$/.exec(label)?.[1];
  return text === undefined ? undefined : Number(text);
}

/**
 * Which part of the requests takes which of the moves that an `@override` makes by degrees. For each request a number
 * from 0 to 100 is drawn, and what is moved for more per cent than that is moved for it. So
 * only as many cases are told apart as there are percentages.
 */
export class GradualOverrides {
  /** A number for each case, of those that may be drawn for it. */
  readonly draws: readonly number[];

  constructor(supergraph: DocumentNode) {
    const percentages = new Set<number>();
    for (const type of supergraph.definitions) {
      if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
      for (const join of (type.fields ?? []).flatMap((field) => uses(field, "join__field"))) {
        const percentage = percentageOf(textArgument(join, "overrideLabel") ?? "");
        if (percentage !== undefined && percentage > 0 && percentage < 100) percentages.add(percentage);
      }
    }
    this.draws = [0, ...[...percentages].sort((one, other) => one - other)];
  }

  /**
   * @param chance gives a number from 0 to 1, without 1.
   * @returns the one of `draws` that stands for the case of this request.
   */
  draw(chance: () => number): number {
    if (this.draws.length === 1) return 0;
    const drawn = chance() * 100;
    return this.draws.findLast((draw) => draw <= drawn) ?? 0;
  }
}
