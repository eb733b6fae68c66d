import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";

/** Signs access tokens that say whatever an attack wants said; its keys are where a gateway looks for them. */
export interface AnyProvider extends AsyncDisposable {
  readonly issuer: string;
  /** @param life in seconds. */
  token(claims: JWTPayload, life?: number): Promise<string>;
}

export async function startAnyProvider(audience: string): Promise<AnyProvider> {
  const { publicKey, privateKey } = await generateKeyPair("ES256");
  const key = { ...(await exportJWK(publicKey)), kid: "one", alg: "ES256", use: "sig" };
  const server = createServer((request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(request.url === "/keys" ? { keys: [key] } : { issuer, jwks_uri: `${issuer}/keys` }));
  });
  const issuer = await listening(server);
  return {
    issuer,
    token(claims, life = 3_000) {
      const iat = Math.floor(Date.now() / 1000);
      return new SignJWT({ iss: issuer, aud: audience, sub: "somebody", iat, exp: iat + life, ...claims })
        .setProtectedHeader({ alg: "ES256", kid: "one" })
        .sign(privateKey);
    },
    [Symbol.asyncDispose]: () => closed(server),
  };
}

/** Listens on a free port of 127.0.0.1. @returns `http://host:port` */
export async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
