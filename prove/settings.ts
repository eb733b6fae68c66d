import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";

/** A command line that cannot be read. */
export class UsageError extends Error {}

/** How much a harness does: a small run for CI, or a long one. */
interface Amount {
  readonly small: number;
  readonly long: number;
}

/** What the command line says of one run. */
export class Settings {
  readonly name: string;
  /** What all chance in the run follows from. */
  readonly seed: number;
  readonly isSmall: boolean;
  /** Whether the verdict is printed as one line of JSON. */
  readonly isJson: boolean;
  readonly #given: ReadonlyMap<string, number>;
  readonly #used = new Map<string, number>();

  /** @param given `NAME [--small] [--json] [--seed N] [--AMOUNT N …]` @throws UsageError */
  constructor(given: readonly string[]) {
    const { tokens } = parseArgs({ args: [...given], strict: false, tokens: true, allowPositionals: true });
    const numbers = new Map<string, number>();
    const names: string[] = [];
    const flags = new Set<string>();
    for (let place = 0; place < tokens.length; place += 1) {
      const token = tokens[place];
      if (token?.kind === "positional") names.push(token.value);
      if (token?.kind !== "option") continue;
      if (token.name === "small" || token.name === "json") {
        flags.add(token.name);
        continue;
      }
      const next = tokens[place + 1];
      const value = Number(token.value ?? (next?.kind === "positional" ? next.value : undefined));
      if (!Number.isInteger(value) || value < 0) throw new UsageError(`--${token.name} takes a whole number`);
      if (token.value === undefined) place += 1;
      numbers.set(token.name, value);
    }
    const [name, ...others] = names;
    if (name === undefined || others.length > 0) throw new UsageError("Say which one");
    this.name = name;
    this.isSmall = flags.has("small");
    this.isJson = flags.has("json");
    this.seed = numbers.get("seed") ?? randomInt(2 ** 31);
    numbers.delete("seed");
    this.#given = numbers;
  }

  /** One amount: as the command line says, else as the size of the run does. */
  amount(name: string, { small, long }: Amount): number {
    const value = this.#given.get(name) ?? (this.isSmall ? small : long);
    this.#used.set(name, value);
    return value;
  }

  /** @throws UsageError where an amount was given that the harness has not asked for. */
  assertAllUsed(): void {
    const unknown = [...this.#given.keys()].filter((name) => !this.#used.has(name));
    if (unknown.length > 0) throw new UsageError(`${this.name} knows no --${unknown.join(", --")}`);
  }

  /** The command that does the same again. */
  get repeat(): string {
    const amounts = [...this.#used].map(([name, value]) => ` --${name} ${value}`);
    // Some harnesses judge a small run less strictly: it is repeated as one.
    return `npm run prove -- ${this.name}${this.isSmall ? " --small" : ""} --seed ${this.seed}${amounts.join("")}`;
  }
}
