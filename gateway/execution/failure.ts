/** An error that explains a missing value. */
export interface Trouble {
  readonly code: string;
  /** Leads from the missing value to the field that failed, where the null has travelled up from there. */
  readonly rest: readonly unknown[];
  /** Stands for the one error of the subgraph, however many values are missing because of it. */
  readonly origin: object;
  /** Whether the error is about another field, which took this one with it. */
  readonly isCollateral: boolean;
  /** Leads to that field from the object in which this value is missing, where both are missing from one. */
  readonly beside?: readonly unknown[] | undefined;
}

/** What a subgraph could not answer, at the place where the value should be. */
export class Failure {
  readonly troubles: readonly Trouble[];

  constructor(troubles: readonly Trouble[]) {
    this.troubles = troubles;
  }

  static of(code: string, rest: readonly unknown[] = []): Failure {
    return new Failure([{ code, rest, origin: {}, isCollateral: false }]);
  }

  /** This failure and another of the same value. */
  and(other: Failure): Failure {
    return new Failure([...this.troubles, ...other.troubles]);
  }

  /** This failure as seen from one key below. */
  at(key: string | number): Failure {
    const below = this.troubles.filter(({ rest }) => rest[0] === key);
    if (below.length > 0) return new Failure(below.map((trouble) => ({ ...trouble, rest: trouble.rest.slice(1) })));
    return new Failure(
      this.troubles.slice(0, 1).map((trouble) => ({
        ...trouble,
        rest: [],
        isCollateral: trouble.isCollateral || trouble.rest.length > 0,
        beside: typeof key === "string" && trouble.rest.length > 0 ? trouble.rest : undefined,
      })),
    );
  }

  /** In a representation for another subgraph, what has failed is null. */
  toJSON(): null {
    return null;
  }
}
