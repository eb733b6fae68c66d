import type { Session } from "../session/session.ts";

/** How long an answer may take, in milliseconds: longer than the gateway waits for a subgraph. */
const patience = 15_000;

/** A GraphQL document, with the types of what it is given and what it answers. */
export interface Operation<_Answer, _Variables> {
  readonly text: string;
  /** Only its type is of use. */
  readonly types?: (variables: _Variables) => _Answer;
}

export function operation<Answer, Variables = Record<never, never>>(text: string): Operation<Answer, Variables> {
  return { text };
}

/** Why there is no answer: a fault's code, or `UNREACHABLE`. */
export class Failure extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** Asks the gateway. @throws Failure */
export type Ask = <Answer, Variables>(operation: Operation<Answer, Variables>, variables: Variables) => Promise<Answer>;

interface Answered<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: unknown } }[];
}

/**
 * Asks on behalf of whoever has signed in. Nothing of an answer is kept here, nor in any cache; and a document is sent
 * as it stands in its file, since a gateway may run only those that it was given so.
 */
export function askAs(session: Session): Ask {
  return async <Answer, Variables>({ text }: Operation<Answer, Variables>, variables: Variables) => {
    const { data, errors } = await answerTo<Answer>(JSON.stringify({ query: text, variables })).catch(() => {
      throw new Failure("UNREACHABLE");
    });
    if (data !== undefined && data !== null) return data;
    const code = errors?.[0]?.extensions?.code;
    throw new Failure(typeof code === "string" ? code : "UNREACHABLE");
  };

  async function answerTo<Answer>(body: string): Promise<Answered<Answer>> {
    let response = await send(body);
    if (response.status === 401) {
      // Expired a moment early by the gateway's clock, or withdrawn. Nothing was done yet: once more with a new token.
      await session.renew();
      response = await send(body);
    }
    return response.json();
  }

  async function send(body: string): Promise<Response> {
    const headers = {
      "content-type": "application/json",
      accept: "application/json",
      authorization: `Bearer ${await session.token()}`,
    };
    return fetch("/graphql", {
      method: "POST",
      headers,
      body,
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      // A network that swallows what is sent never says so.
      signal: AbortSignal.timeout(patience),
    });
  }
}
