import type { Caller } from "./upstream/port.ts";

/** How the doors learn who asks. */
export interface SignIn {
  /**
   * @param authorization what the client gives: `Bearer` and a token.
   * @throws Fault UNAUTHENTICATED, FORBIDDEN or SUBGRAPH_UNAVAILABLE
   */
  verify(authorization: unknown): Promise<Caller>;
  /** Whether callers can be told apart now. */
  ready(): Promise<boolean>;
}

/**
 * Where no sign-in is configured, everybody is the same nobody: without rights, and without an end.
 * @param contract the one that all are served.
 */
export function anonymousSignIn(contract: string): SignIn {
  const caller: Caller = { id: "anonymous", party: contract, rights: {}, until: Number.POSITIVE_INFINITY };
  const verified = Promise.resolve(caller);
  return { verify: () => verified, ready: async () => true };
}

/** Whether somebody has signed in: a verified token always says who. */
export function isSignedIn({ rights }: Caller): boolean {
  return typeof rights["sub"] === "string";
}
