import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { decodeText, fileSource } from "../../imports/source.ts";
import { collect } from "./collect.ts";
import { sourceOf } from "./edexml-text.ts";

async function decoded(bytes: Buffer, pieceBytes?: number): Promise<string> {
  const pieces = await collect(decodeText(sourceOf(bytes, pieceBytes).bytes));
  return pieces.join("");
}

function declared(encoding: string): string {
  return `<?xml version="1.0" encoding="${encoding}"?>`;
}

describe("the text of a file", () => {
  test("is UTF-8 where nothing says otherwise", async () => {
    expect(await decoded(Buffer.from("achternaam;Yıldız"))).toBe("achternaam;Yıldız");
  });

  test("comes out whole when a piece ends in the middle of a letter", async () => {
    const text = `${declared("UTF-8")}${"Łucja Dąbrowski ".repeat(50)}`;
    expect(await decoded(Buffer.from(text), 1)).toBe(text);
  });

  test("loses its byte order mark", async () => {
    expect(await decoded(Buffer.from("\ufeffsleutel"))).toBe("sleutel");
    expect(await decoded(Buffer.from("\ufeffsleutel", "utf16le"))).toBe("sleutel");
  });

  test.each(["ISO-8859-1", "windows-1252", "Windows-1252"])("is read in %s where its header says so", async (name) => {
    const bytes = Buffer.concat([Buffer.from(declared(name)), Buffer.from([0x5a, 0x6f, 0xeb, 0x20, 0x80, 0x92])]);
    expect(await decoded(bytes)).toBe(`${declared(name)}Zoë €’`);
  });

  test("is refused in an encoding that nobody here knows", async () => {
    await expect(decoded(Buffer.from(declared("EBCDIC-NL")))).rejects.toMatchObject({ code: "ENCODING_UNKNOWN" });
  });

  test("is refused where its bytes are not of its encoding", async () => {
    const bytes = Buffer.concat([Buffer.from(declared("UTF-8")), Buffer.from([0x5a, 0x6f, 0xeb, 0x20])]);
    await expect(decoded(bytes)).rejects.toMatchObject({ code: "ENCODING_BROKEN" });
  });

  test("is refused where it stops in the middle of a letter", async () => {
    await expect(decoded(Buffer.from("Zoë").subarray(0, 3))).rejects.toMatchObject({ code: "ENCODING_BROKEN" });
  });

  test("is refused where there is none", async () => {
    await expect(decoded(Buffer.alloc(0))).rejects.toMatchObject({ code: "EMPTY" });
  });
});

describe("a file", () => {
  test("that is missing, a directory or empty is refused before anything is read", async () => {
    const folder = await mkdtemp(join(tmpdir(), "source-test-"));
    try {
      await writeFile(join(folder, "empty.xml"), "");
      await expect(fileSource(join(folder, "none.xml"))).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(fileSource(join(folder, "empty.xml", "x"))).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(fileSource(folder)).rejects.toMatchObject({ code: "DIRECTORY" });
      await expect(fileSource(join(folder, "empty.xml"))).rejects.toMatchObject({ code: "EMPTY" });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
