import { createCipheriv, createDecipheriv, createHmac, type KeyObject, randomBytes } from "node:crypto";
import type { DataSource, EntityManager } from "typeorm";
import type { IdentityKeys } from "./keys.ts";

/** Where an encrypted text stands. It opens there and nowhere else: moved to another row, it is refused. */
export interface Place {
  /** Without its schema, which is `care`. */
  readonly table: string;
  readonly column: string;
  /** The row's primary key. */
  readonly row: string;
}

/** Why an encrypted text cannot be read. The row that holds it is left as it is. */
export class IdentityUnreadable extends Error {
  override readonly name = "IdentityUnreadable";
  readonly code: "IDENTITY_KEY_UNKNOWN" | "IDENTITY_UNREADABLE";

  constructor(code: IdentityUnreadable["code"]) {
    super("An identity cannot be read");
    this.code = code;
  }
}

/** What is decrypted, or why it cannot be: for a list, of which one must not take the others with it. */
export function attempt<Value>(decrypt: () => Value): Value | IdentityUnreadable {
  try {
    return decrypt();
  } catch (error) {
    if (error instanceof IdentityUnreadable) return error;
    throw error;
  }
}

const algorithm = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

/** Contents are filled up to a multiple of so many bytes, so that a text's length tells little of a name's. */
const block = 64;

/** How a part keeps what names a child: encrypted, and recognised by keyed digests. */
export class Identities {
  readonly #part: string;
  readonly #pseudonymKey: string;
  readonly #readKeys: () => IdentityKeys;
  #keys: IdentityKeys;

  /**
   * @param part stands in what each text is bound to, so that parts which share a key do not open each other's.
   * @param readKeys gives the keys as they are now.
   * @param pseudonymKey base64
   */
  constructor(part: string, readKeys: () => IdentityKeys, pseudonymKey: string) {
    this.#part = part;
    this.#readKeys = readKeys;
    this.#keys = readKeys();
    this.#pseudonymKey = pseudonymKey;
  }

  get keyNames(): readonly string[] {
    return [...this.#keys.keys()];
  }

  /**
   * Takes over the keys as they are now, once they have passed the check.
   * @throws ConfigError, or what the check throws, and goes on with those that it has.
   */
  async reloadKeys(check: (anew: Identities) => Promise<void>): Promise<void> {
    const anew = new Identities(this.#part, this.#readKeys, this.#pseudonymKey);
    await check(anew);
    this.#keys = anew.#keys;
  }

  /** @param value is kept as JSON. @param name of the key: the first, unless another is asked for. */
  encrypt(place: Place, value: unknown, name = this.keyNames[0] ?? ""): string {
    const key = this.#keyOf(name);
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
    cipher.setAAD(this.#binding(name, place));
    const sealed = Buffer.concat([nonce, cipher.update(padded(value)), cipher.final(), cipher.getAuthTag()]);
    return `${name}.${sealed.toString("base64url")}`;
  }

  /** @throws IdentityUnreadable */
  decrypt<Value>(place: Place, text: string): Value {
    const [name = "", sealed = ""] = text.split(".");
    const key = this.#keyOf(name);
    const bytes = Buffer.from(sealed, "base64url");
    try {
      const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
      decipher.setAAD(this.#binding(name, place));
      decipher.setAuthTag(bytes.subarray(-tagBytes));
      const content = Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]);
      return JSON.parse(content.toString("utf8")) as Value;
    } catch {
      throw new IdentityUnreadable("IDENTITY_UNREADABLE");
    }
  }

  /** Stands for what must be recognised and not read: nobody without the key finds it by trying. */
  digest(purpose: string, text: string): string {
    return createHmac("sha256", Buffer.from(this.#pseudonymKey, "base64"))
      .update(JSON.stringify([purpose, text]))
      .digest("base64url");
  }

  #keyOf(name: string): KeyObject {
    // Another replica may have heard of a new key first: to read by it, it need not be taken over.
    const key = this.#keys.get(name) ?? this.#keysOfNow().get(name);
    if (key === undefined) throw new IdentityUnreadable("IDENTITY_KEY_UNKNOWN");
    return key;
  }

  #keysOfNow(): IdentityKeys {
    try {
      return this.#readKeys();
    } catch {
      return new Map();
    }
  }

  #binding(key: string, { table, column, row }: Place): Buffer {
    return Buffer.from(JSON.stringify([key, this.#part, table, column, row]));
  }
}

/** Blanks at the end are none of the JSON's. */
function padded(value: unknown): Buffer {
  const content = Buffer.from(JSON.stringify(value));
  return Buffer.concat([content, Buffer.alloc((block - (content.length % block)) % block, " ")]);
}

const ofSource = new WeakMap<DataSource, Identities>();

/** Has whoever is given rows of this source find its identities. */
export function holdIdentities(source: DataSource, identities: Identities): void {
  ofSource.set(source, identities);
}

/** How the part whose rows these are keeps identities. */
export function identitiesOf(rows: EntityManager): Identities {
  const identities = ofSource.get(rows.connection);
  if (identities === undefined) throw new Error("This database was opened without the keys of identities");
  return identities;
}
