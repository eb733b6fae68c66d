import { describe, expect, test } from "@jest/globals";
import type { Configuration } from "openid-client";
import { Session } from "../../dashboard/session/session.ts";

/** Tokens as the provider gives them. */
function signedInWith(scope: string | undefined): Session {
  const tokens = { access_token: "a", token_type: "bearer", ...(scope === undefined ? {} : { scope }) };
  const claims = { sub: "somebody", party: "school" };
  return Session.open({} as Configuration, { ...tokens, claims: () => claims, expiresIn: () => 0 } as never);
}

describe("what somebody may do", () => {
  test("is what the provider has granted", () => {
    const session = signedInWith("openid signals:read");
    expect(session.may("signals:read")).toBe(true);
    expect(session.may("circles:read")).toBe(false);
    expect(session.may("signals")).toBe(false);
  });

  test("is what was asked for where the provider says no more (RFC 6749, 5.1)", () => {
    expect(signedInWith(undefined).may("circles:read")).toBe(true);
  });
});
