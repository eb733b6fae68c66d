import { createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import { type Config, ConfigError } from "../config.ts";

/** Keys by name, in their order: the first encrypts, and each decrypts what was encrypted by it. */
export type IdentityKeys = ReadonlyMap<string, KeyObject>;

/** What a key's name may be. It stands before each text that the key has encrypted. */
const nameShape = /^[A-Za-z0-9-]{1,32}$/;

/** Of AES-256. */
const keyBytes = 32;

/**
 * Reads IDENTITY_KEYS: `name=base64,name=base64`, at least one, each of 32 bytes. Read again, it is what the file then
 * holds where it is given as IDENTITY_KEYS_FILE.
 * @throws ConfigError, which names a key and never shows one.
 */
export function readIdentityKeys(config: Config): IdentityKeys {
  config.text("IDENTITY_KEYS");
  const keys = new Map<string, KeyObject>();
  for (const [name, text] of config.map("IDENTITY_KEYS")) {
    if (!nameShape.test(name)) {
      throw new ConfigError("A name in IDENTITY_KEYS must be of at most 32 letters, digits and dashes");
    }
    const bytes = Buffer.from(text, "base64");
    if (bytes.length !== keyBytes || bytes.toString("base64") !== text) {
      throw new ConfigError(`The key ${name} in IDENTITY_KEYS must be ${keyBytes} bytes in base64`);
    }
    keys.set(name, createSecretKey(bytes));
  }
  if (keys.size !== config.list("IDENTITY_KEYS").length) {
    throw new ConfigError("A name stands more than once in IDENTITY_KEYS");
  }
  return keys;
}

/** A new key, as IDENTITY_KEYS lists it. @param now when it is made: its name begins with the day, for people to read. */
export function makeIdentityKey(now: Date): string {
  const name = `${now.toISOString().slice(0, 10)}-${randomBytes(3).toString("hex")}`;
  return `${name}=${randomBytes(keyBytes).toString("base64")}`;
}
