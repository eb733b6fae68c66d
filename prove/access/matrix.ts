import type { DocumentNode } from "graphql";
import type { Random } from "../random.ts";
import type { Asked, Asker, OpenGateway, Transport } from "./open-gateway.ts";
import { type Clause, type ContractTerms, type FieldReading, SupergraphReading } from "./reading.ts";
import { canaryOf } from "./recording-subgraph.ts";
import { type Route, routesOf } from "./routes.ts";
import { type Form, forms, Writer, type Written } from "./writing.ts";

export interface MatrixOptions {
  readonly contracts: Readonly<Record<string, ContractTerms>>;
  readonly random: Random;
  /** Whether each field is asked for in every form over every transport, or in some of them. */
  readonly isWhole: boolean;
  /** Only these fields, as `Type.field`; without it, all. */
  readonly only?: ReadonlySet<string>;
}

export interface MatrixResult {
  readonly asked: number;
  readonly denied: number;
  readonly given: number;
  readonly fields: number;
  readonly failures: readonly string[];
}

const transports: readonly Transport[] = ["HTTP", "WebSocket"];

/**
 * Asks for every field of a supergraph as every party, with and without each scope, in every form, and compares
 * what comes back, and what was asked of the subgraphs, with what the supergraph says of the field.
 */
export async function askMatrix(
  gateway: OpenGateway,
  supergraph: DocumentNode,
  { contracts, random, isWhole, only }: MatrixOptions,
): Promise<MatrixResult> {
  const reading = new SupergraphReading(supergraph);
  const writer = new Writer(supergraph, random);
  const anyRoutes = routesOf(reading);
  const failures: string[] = [];
  const fields = reading.fields.filter(({ type, name }) => only?.has(`${type}.${name}`) ?? true);
  let asked = 0;
  let denied = 0;

  for (const [party, terms] of Object.entries(contracts)) {
    const shownRoutes = routesOf(reading, terms);
    for (const field of fields) {
      const coordinate = `${field.type}.${field.name}`;
      const shown = shownRoutes.get(coordinate);
      for (const route of shown ?? hiddenRoutes(field, shownRoutes, anyRoutes, reading)) {
        for (const scopes of scopeSets(reading, route, isWhole)) {
          for (const [form, transport] of ways(route, isWhole, random)) {
            const written = writer.write(route, form);
            const asker: Asker = { party, scopes };
            const answer = await gateway.ask(asker, written, transport);
            const expected = shown === undefined ? "hidden" : firstDenied(reading, route, scopes);
            asked += 1;
            if (expected !== "given") denied += 1;
            const wrong = judge(answer, written, route, expected);
            if (wrong !== undefined) {
              failures.push(`${coordinate} as ${party} [${scopes.join(" ")}], ${form} over ${transport}: ${wrong}`);
            }
          }
        }
      }
    }
  }
  return { asked, denied, given: asked - denied, fields: fields.length, failures };
}

/** Whether a field is hidden, given, or denied from one of the steps on the way to it. */
type Expected = "hidden" | "given" | { readonly deniedFrom: number };

function judge({ text, calls }: Asked, written: Written, { steps }: Route, expected: Expected): string | undefined {
  const target = steps.at(-1) as FieldReading;
  if (expected === "given") {
    return valueAt(text, written.keys) === undefined ? `was not given: ${text.slice(0, 200)}` : undefined;
  }
  if (text.includes(canaryOf(target.type, target.name))) return "its value came back";
  if (expected === "hidden") {
    if (!text.includes("GRAPHQL_VALIDATION_FAILED")) return "is hidden, and was not refused as what does not exist";
    return calls.length > 0 ? "is hidden, and a subgraph was called" : undefined;
  }
  const forbidden = steps.slice(expected.deniedFrom).map(({ type, name }) => `${type}.${name}`);
  if (valueAt(text, written.keys.slice(0, expected.deniedFrom + 1)) !== undefined) return "is denied, and was answered";
  if (!text.includes("FORBIDDEN")) return "is denied, and no code says so";
  if (expected.deniedFrom === 0 && calls.length > 0) return "is denied at the root, and a subgraph was called";
  const sought = forbidden.find((coordinate) => calls.some((call) => call.has(coordinate)));
  return sought === undefined ? undefined : `is denied, and a subgraph was asked for ${sought}`;
}

function firstDenied(reading: SupergraphReading, { steps }: Route, scopes: readonly string[]): Expected {
  const isMet = (clause: Clause) => clause.some((all) => all.every((scope) => scopes.includes(scope)));
  const deniedFrom = steps.findIndex((step) => !reading.clausesOf(step).every(isMet));
  return deniedFrom < 0 ? "given" : { deniedFrom };
}

/** None, just those that are needed, and these without one of them; and for good measure all others without one. */
function scopeSets(reading: SupergraphReading, { steps }: Route, isWhole: boolean): string[][] {
  const needed = [...new Set(steps.flatMap((step) => reading.clausesOf(step)).flatMap((clause) => clause[0] ?? []))];
  if (needed.length === 0) return isWhole ? [[], reading.scopes] : [[]];
  const without = needed.map((left) => reading.scopes.filter((scope) => scope !== left));
  return isWhole ? [[], needed, ...without] : [needed, ...without];
}

/**
 * Routes to a field that the contract does not show: below what it shows of the field's type, else as if all were
 * shown, and by way of a fragment on the hidden type.
 */
function hiddenRoutes(
  field: FieldReading,
  shown: ReadonlyMap<string, readonly Route[]>,
  any: ReadonlyMap<string, readonly Route[]>,
  reading: SupergraphReading,
): readonly Route[] {
  const siblings = [...(reading.types.get(field.type)?.fields.keys() ?? [])];
  const known = siblings.map((name) => shown.get(`${field.type}.${name}`)?.[0]).find((route) => route !== undefined);
  if (known !== undefined) return [{ kind: known.kind, steps: [...known.steps.slice(0, -1), field] }];
  return any.get(`${field.type}.${field.name}`) ?? [];
}

function* ways({ kind, steps }: Route, isWhole: boolean, random: Random): Iterable<[Form, Transport]> {
  const fit = forms
    .filter((form) => steps.length > 1 || !form.endsWith("fragment"))
    // GraphQL does not let the one field of a subscription hang on a condition.
    .filter((form) => kind !== "subscription" || form !== "directive");
  const over = kind === "subscription" ? (["WebSocket"] as const) : transports;
  if (!isWhole) return yield [random.pick(fit), random.pick(over)];
  for (const form of fit) for (const transport of over) yield [form, transport];
}

/** What an answer holds under a path of keys, the first of each list; undefined where it is null or not there. */
function valueAt(text: string, keys: readonly string[]): unknown {
  let value = (JSON.parse(text) as { data?: unknown }).data;
  for (const key of keys) {
    const one = Array.isArray(value) ? value[0] : value;
    value = one === null || typeof one !== "object" ? undefined : (one as Record<string, unknown>)[key];
  }
  return value ?? undefined;
}
