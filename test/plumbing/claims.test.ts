import { describe, expect, test } from "@jest/globals";
import { exportJWK, generateKeyPair, type JWK, SignJWT, UnsecuredJWT } from "jose";
import { createClaimsSigner, createClaimsVerifier } from "../../plumbing/claims.ts";

const now = new Date("2026-11-23T08:00:00Z");
const seconds = now.getTime() / 1000;
const clock = { now: () => now };

async function keys(): Promise<{ publicKey: JWK; privateKey: JWK }> {
  const pair = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
  return { publicKey: await exportJWK(pair.publicKey), privateKey: await exportJWK(pair.privateKey) };
}

const rights = {
  sub: "c",
  party: "school",
  organisation: "o",
  schools: ["99AA00"],
  scope: "signals:read  signals:handle",
};

describe("the gateway's statement of who asks", () => {
  test("is believed at the subgraph that it is for, as it was said", async () => {
    const { publicKey, privateKey } = await keys();
    const { jws } = await (await createClaimsSigner(privateKey, clock)).sign(rights, "school", seconds + 600);
    const verify = await createClaimsVerifier(publicKey, "school", clock);
    const claims = {
      sub: "c",
      party: "school",
      organisation: "o",
      schools: ["99AA00"],
      scope: ["signals:read", "signals:handle"],
      exp: seconds + 600,
    };
    expect(await verify(jws)).toEqual(claims);
    expect(await verify(jws)).toEqual(claims);
  });

  test("takes no right for granted where a role cannot be read", async () => {
    const { publicKey, privateKey } = await keys();
    const signer = await createClaimsSigner(privateKey, clock);
    const verify = await createClaimsVerifier(publicKey, "school", clock);
    for (const role of [["teacher"], null, 1, {}]) {
      const { jws } = await signer.sign({ ...rights, role }, "school", seconds + 600);
      expect((await verify(jws)).role).toBe("unreadable");
    }
  });

  test("is good for a minute, and no longer than the right itself", async () => {
    const { publicKey, privateKey } = await keys();
    const signer = await createClaimsSigner(privateKey, clock);
    const at = (time: number) => createClaimsVerifier(publicKey, "school", { now: () => new Date(time * 1000) });
    const long = (await signer.sign(rights, "school", seconds + 600)).jws;
    expect(await (await at(seconds + 59))(long)).toBeDefined();
    await expect((await at(seconds + 61))(long)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    const short = (await signer.sign(rights, "school", seconds + 5)).jws;
    await expect((await at(seconds + 6))(short)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });

  test("is not believed once it has expired, even if it was verified before", async () => {
    const { publicKey, privateKey } = await keys();
    const { jws } = await (await createClaimsSigner(privateKey, clock)).sign(rights, "school", seconds + 600);
    let time = seconds;
    const verify = await createClaimsVerifier(publicKey, "school", { now: () => new Date(time * 1000) });
    await verify(jws);
    time = seconds + 61;
    await expect(verify(jws)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });

  test("is worth nothing elsewhere, from another key, unsigned, or not at all", async () => {
    const { publicKey, privateKey } = await keys();
    const other = await keys();
    const statement = async (key: JWK, audience: string) =>
      (await (await createClaimsSigner(key, clock)).sign(rights, audience, seconds + 600)).jws;
    const verify = await createClaimsVerifier(publicKey, "school", clock);
    const forgeries = [
      await statement(privateKey, "police"),
      await statement(other.privateKey, "school"),
      new UnsecuredJWT(rights)
        .setIssuer("gateway")
        .setAudience("school")
        .setExpirationTime(seconds + 60)
        .encode(),
      await new SignJWT(rights)
        .setProtectedHeader({ alg: "HS256" })
        .setIssuer("gateway")
        .setAudience("school")
        .setExpirationTime(seconds + 60)
        .sign(Buffer.from(String(publicKey.x))),
      "",
      undefined,
    ];
    for (const forgery of forgeries) await expect(verify(forgery)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });

  test("must name a party", async () => {
    const { publicKey, privateKey } = await keys();
    const { jws } = await (await createClaimsSigner(privateKey, clock)).sign({ sub: "c" }, "school", seconds + 600);
    const verify = await createClaimsVerifier(publicKey, "school", clock);
    await expect(verify(jws)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });
});
