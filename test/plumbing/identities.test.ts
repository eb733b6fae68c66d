import { inspect } from "node:util";
import { describe, expect, test } from "@jest/globals";
import { Config } from "../../plumbing/config.ts";
import { Identities, type Place } from "../../plumbing/identities/identities.ts";
import { makeIdentityKey, readIdentityKeys } from "../../plumbing/identities/keys.ts";

const place: Place = { table: "outbox", column: "encrypted", row: "1" };
const child = { bsn: "999990019", familyName: "Veld" };
const one = `one=${Buffer.alloc(32, 1).toString("base64")}`;
const two = `two=${Buffer.alloc(32, 2).toString("base64")}`;
const keysOf = (text: string) => readIdentityKeys(new Config({ IDENTITY_KEYS: text }));
const identities = (text: string, part = "school") =>
  new Identities(part, () => keysOf(text), Buffer.alloc(32, 7).toString("base64"));

describe("what is encrypted", () => {
  test("is read by whoever has the key, and is never the same twice", () => {
    const text = identities(one).encrypt(place, child);
    expect(identities(`${two},${one}`).decrypt(place, text)).toEqual(child);
    expect(identities(one).encrypt(place, child)).not.toBe(text);
    expect(Buffer.from(text.split(".")[1] ?? "", "base64url").toString("latin1")).not.toContain("Veld");
  });

  test.each<[string, Place, string]>([
    ["row", { ...place, row: "2" }, "school"],
    ["column", { ...place, column: "about" }, "school"],
    ["table", { ...place, table: "signal" }, "school"],
    ["part", place, "police"],
  ])("is not read in another %s", (_, elsewhere, part) => {
    const text = identities(one).encrypt(place, child);
    expect(() => identities(one, part).decrypt(elsewhere, text)).toThrow(
      expect.objectContaining({ code: "IDENTITY_UNREADABLE" }),
    );
  });

  test("is not read once any bit of it has changed, or a part of it is gone", () => {
    const text = identities(one).encrypt(place, child);
    const [name, sealed = ""] = text.split(".");
    const bytes = Buffer.from(sealed, "base64url");
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => identities(one).decrypt(place, `${name}.${changed.toString("base64url")}`)).toThrow();
    }
    for (let length = 0; length < bytes.length; length += 1) {
      const short = `${name}.${bytes.subarray(0, length).toString("base64url")}`;
      expect(() => identities(one).decrypt(place, short)).toThrow(
        expect.objectContaining({ code: "IDENTITY_UNREADABLE" }),
      );
    }
  });

  test("is not read by another key, whatever its name", () => {
    const text = identities(one).encrypt(place, child);
    expect(() => identities(two).decrypt(place, text)).toThrow(
      expect.objectContaining({ code: "IDENTITY_KEY_UNKNOWN" }),
    );
    const impostor = two.replace("two=", "one=");
    expect(() => identities(impostor).decrypt(place, text)).toThrow(
      expect.objectContaining({ code: "IDENTITY_UNREADABLE" }),
    );
    const renamed = text.replace("one.", "two.");
    expect(() => identities(`${one},${one.replace("one=", "two=")}`).decrypt(place, renamed)).toThrow();
  });

  test("is as long for a short name as for a long one", () => {
    const of = (familyName: string) => identities(one).encrypt(place, { familyName }).length;
    expect(of("Bo")).toBe(of("van Wassenaar tot Duivenvoorde"));
  });

  test("is read by a key that has come into the file since", () => {
    let text = one;
    const late = new Identities("school", () => keysOf(text), "");
    const written = identities(`${two},${one}`).encrypt(place, child);
    expect(() => late.decrypt(place, written)).toThrow(expect.objectContaining({ code: "IDENTITY_KEY_UNKNOWN" }));
    text = `${two},${one}`;
    expect(late.decrypt(place, written)).toEqual(child);
    // It encrypts by the new one once that has been proved.
    expect(late.encrypt(place, child)).toMatch(/^one\./);
  });

  test("is encrypted by the first key from when the keys have passed the check, and by none that has not", async () => {
    let text = one;
    const part = new Identities("school", () => keysOf(text), "");
    text = `${two},${one}`;
    await expect(part.reloadKeys(() => Promise.reject(new Error("wrong")))).rejects.toThrow("wrong");
    expect(part.encrypt(place, child)).toMatch(/^one\./);
    await part.reloadKeys(async () => undefined);
    expect(part.encrypt(place, child)).toMatch(/^two\./);
    text = "spoilt";
    await expect(part.reloadKeys(async () => undefined)).rejects.toMatchObject({ code: "CONFIG_ERROR" });
    expect(part.encrypt(place, child)).toMatch(/^two\./);
  });
});

describe("a digest", () => {
  test("recognises one text for one purpose, and hangs on the key", () => {
    expect(identities(one).digest("pupil", "17")).toBe(identities(two).digest("pupil", "17"));
    expect(identities(one).digest("pupil", "18")).not.toBe(identities(one).digest("pupil", "17"));
    expect(identities(one).digest("key", "17")).not.toBe(identities(one).digest("pupil", "17"));
    const other = new Identities("school", () => keysOf(one), Buffer.alloc(32, 8).toString("base64"));
    expect(other.digest("pupil", "17")).not.toBe(identities(one).digest("pupil", "17"));
  });
});

describe("IDENTITY_KEYS", () => {
  test("names keys in their order, also on lines of their own", () => {
    expect([...keysOf(`${two},\n${one}\n`).keys()]).toEqual(["two", "one"]);
    expect([...keysOf(makeIdentityKey(new Date("2026-11-23T08:00:00Z"))).keys()]).toEqual([
      expect.stringMatching(/^2026-11-23-[0-9a-f]{6}$/),
    ]);
  });

  test.each([
    ["nothing", "", "is missing"],
    ["a key without a name", one.slice(4), "must"],
    ["a short key", `short=${Buffer.alloc(16, 1).toString("base64")}`, "The key short in IDENTITY_KEYS must be 32"],
    ["what is no base64", `odd=${"?".repeat(44)}`, "The key odd in IDENTITY_KEYS must be 32"],
    ["a name with a dot", one.replace("one", "o.e"), "letters, digits and dashes"],
    ["a name twice", `${one},${two.replace("two", "one")}`, "more than once"],
  ])("is refused with %s, and no key is shown", (_, text, message) => {
    const refuse = () => keysOf(text);
    expect(refuse).toThrow(
      expect.objectContaining({ code: "CONFIG_ERROR", message: expect.stringContaining(message) }),
    );
    expect(refuse).not.toThrow(expect.objectContaining({ message: expect.stringMatching(/AQEB|AgIC/) }));
  });

  test("gives keys that show themselves to nobody who prints them", () => {
    const printed = `${inspect(identities(one), { depth: 9, showHidden: true })}${JSON.stringify([...keysOf(one)])}`;
    expect(printed).not.toMatch(/AQEB|0101|1, 1, 1/);
  });
});
