import { createHash } from "node:crypto";

/** An operation that is measured, with a variable that is another in each request, so that no kept answer can serve. */
export interface MeasuredOperation {
  readonly name: string;
  readonly query: string;
  /** The variable that varies: an Int. Whatever its value, the work is the same. */
  readonly variable: string;
  /** The connections over which requests are sent, one after another on each. */
  readonly connections: number;
}

/** The query by which federation gateways are usually compared: users, reviews and products, six levels deep. */
const heavy = `
  fragment User on User { id username name }
  fragment Review on Review { id body }
  fragment Product on Product { inStock name price shippingEstimate upc weight }
  query Heavy($from: Int!) {
    users(from: $from) {
      ...User
      reviews {
        ...Review
        product {
          ...Product
          reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } }
        }
      }
    }
    topProducts(first: 5, from: $from) {
      ...Product
      reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } }
    }
  }
`;

export const operations: readonly MeasuredOperation[] = [
  { name: "heavy", query: heavy, variable: "from", connections: 16 },
  { name: "tiny", query: "query Tiny($id: Int!) { username(id: $id) }", variable: "id", connections: 64 },
];

/** How a request names its document: by its text, or by the hash under which it is registered. */
export type Naming = "text" | "hash";

/** How a client asks. */
export interface Asking {
  readonly naming: Naming;
  /** The `accept` header. */
  readonly accept: string;
}

export function hashOf({ query }: MeasuredOperation): string {
  return createHash("sha256").update(query).digest("hex");
}

/** The body of a request in two parts: the varying value goes in between. */
export function bodyParts(operation: MeasuredOperation, naming: Naming): readonly [string, string] {
  const named = naming === "text" ? { query: operation.query } : { documentId: hashOf(operation) };
  return [`${JSON.stringify(named).slice(0, -1)},"variables":{${JSON.stringify(operation.variable)}:`, "}}"];
}

/** Sends one request. @returns the answer's text, parsed. */
export async function ask(
  url: string,
  operation: MeasuredOperation,
  { naming, accept }: Asking,
  value: number,
): Promise<unknown> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept },
    body: bodyParts(operation, naming).join(String(value)),
  });
  return response.json();
}
