import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from "jose";
import { writeWhole } from "./atomic-file.ts";
import type { RolePasswords } from "./databases.ts";
import { ensureKeyFile } from "./identity-key-file.ts";

/** All that a system on one machine keeps to itself. Made once; later parts get theirs when they come. */
export interface Secrets {
  /** Of PostgreSQL's superuser. */
  readonly postgres: string;
  /** With which the gateway tells subgraphs who asks (Ed25519). */
  readonly gateway: JWK;
  /** With which the development OpenID provider signs tokens (ES256). */
  readonly provider: JWK;
  /** By part. */
  readonly roles: Readonly<Record<string, RolePasswords>>;
  /** 32 bytes each, base64, by part. */
  readonly pseudonyms: Readonly<Record<string, string>>;
  /** For `private_key_jwt` (ES256), by client id. */
  readonly clients: Readonly<Record<string, JWK>>;
  /** The files of IDENTITY_KEYS, by part. They are no part of this one, as they change while the system runs. */
  readonly identityKeyFiles: Readonly<Record<string, string>>;
}

/** What the file holds. */
type Kept = Omit<Secrets, "identityKeyFiles">;

type Making = { -readonly [Key in keyof Kept]?: Kept[Key] };

/**
 * Reads the secrets of the parts and clients that are named, and makes those that are not there.
 * @param keyFileOf where a part's file of IDENTITY_KEYS lies: beside this one, unless it is said.
 */
export async function loadSecrets(
  path: string,
  parts: readonly string[],
  clients: readonly string[],
  keyFileOf = (part: string): string => join(dirname(path), "identity-keys", part),
): Promise<Secrets> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  const known: Making = text === undefined ? {} : JSON.parse(text);
  const secrets: Kept = {
    postgres: known.postgres ?? password(),
    gateway: known.gateway ?? (await makeKey("EdDSA")),
    provider: known.provider ?? (await makeKey("ES256")),
    roles: await complete(known.roles, parts, async () => ({
      owner: password(),
      registry: password(),
      app: password(),
    })),
    pseudonyms: await complete(known.pseudonyms, parts, async () => randomBytes(32).toString("base64")),
    clients: await complete(known.clients, clients, () => makeKey("ES256")),
  };
  const complement = `${JSON.stringify(secrets, null, 2)}\n`;
  if (complement !== text) await writeWhole(path, complement);
  const identityKeyFiles = await complete({}, parts, async (part) => {
    const file = keyFileOf(part);
    await ensureKeyFile(file);
    return file;
  });
  return { ...secrets, identityKeyFiles };
}

/** The half of a key that may be told. */
export function publicHalf({ kty, crv, x, y, kid, alg }: JWK): JWK {
  return JSON.parse(JSON.stringify({ kty, crv, x, y, kid, alg, use: "sig" }));
}

async function complete<T>(
  known: Readonly<Record<string, T>> = {},
  names: readonly string[],
  make: (name: string) => Promise<T>,
): Promise<Record<string, T>> {
  const all = { ...known };
  for (const name of names) all[name] ??= await make(name);
  return all;
}

async function makeKey(alg: "ES256" | "EdDSA"): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, {
    extractable: true,
    ...(alg === "EdDSA" ? { crv: "Ed25519" } : {}),
  });
  const key = await exportJWK(privateKey);
  return { ...key, alg, kid: await calculateJwkThumbprint(key) };
}

function password(): string {
  return randomBytes(24).toString("base64url");
}
