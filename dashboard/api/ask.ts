import { Client, fetchExchange } from "@urql/core";
import type { Session } from "../session/session.ts";

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

/** Asks on behalf of whoever has signed in. Nothing of an answer is kept here, nor in any cache. */
export function askAs(session: Session): Ask {
  const client = new Client({
    url: "/graphql",
    exchanges: [fetchExchange],
    preferGetMethod: false,
    fetch: async (url, init) => {
      const answer = await fetch(url, await requestOf(session, init));
      if (answer.status !== 401) return answer;
      // Expired a moment early by the gateway's clock, or withdrawn. Nothing was done yet: once more with a new token.
      await session.renew();
      return fetch(url, await requestOf(session, init));
    },
  });
  return async <Answer, Variables>({ text }: Operation<Answer, Variables>, variables: Variables) => {
    const kind = text.trimStart().startsWith("mutation") ? "mutation" : "query";
    const { data, error } = await client[kind]<Answer>(text, variables as Record<string, unknown>).toPromise();
    const code = error?.graphQLErrors[0]?.extensions["code"];
    if (data === undefined || data === null) throw new Failure(typeof code === "string" ? code : "UNREACHABLE");
    return data;
  };
}

async function requestOf(session: Session, init: RequestInit | undefined): Promise<RequestInit> {
  const headers = {
    "content-type": "application/json",
    accept: "application/json",
    authorization: `Bearer ${await session.token()}`,
  };
  return { ...init, headers, cache: "no-store", credentials: "omit", redirect: "error" };
}
