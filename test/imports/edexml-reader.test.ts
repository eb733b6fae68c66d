import { describe, expect, test } from "@jest/globals";
import { readEdexml } from "../../imports/edexml/reader.ts";
import type { EdexmlRecord } from "../../imports/edexml/record.ts";
import { decodeText } from "../../imports/source.ts";
import { collect } from "./collect.ts";
import { edexml, pupil, SCHOOL, sourceOf } from "./edexml-text.ts";

async function read(text: string, pieceBytes?: number): Promise<EdexmlRecord[]> {
  return collect(readEdexml(decodeText(sourceOf(text, pieceBytes).bytes)));
}

describe("EDEXML is read", () => {
  test("as records in the order of the file, each with its line", async () => {
    const text = edexml({
      sites: '<vestiging key="v1"><naam>Noord</naam></vestiging>',
      groups:
        '<groep key="g3"><naam>3</naam></groep>\n<samengestelde_groep key="s1"><naam>Plus</naam></samengestelde_groep>',
      pupils: pupil("p1"),
      staff: '<leerkracht key="m1"><achternaam>Vos</achternaam></leerkracht>',
    });
    const lines = text.split("\n");
    const records = await read(text);
    expect(records.map(({ kind }) => kind)).toEqual([
      "school",
      "vestiging",
      "groep",
      "samengestelde_groep",
      "leerling",
      "leerkracht",
    ]);
    for (const { kind, line } of records) expect(lines[line - 1]).toContain(`<${kind}`);
  });

  test("the same whatever the pieces that it comes in", async () => {
    const text = edexml({ pupils: pupil("p1", { roepnaam: "Zo&#235; &amp; <![CDATA[<Co>]]>" }) });
    for (const size of [1, 2, 3, 7, 4096]) {
      const records = await read(text, size);
      expect(records.at(-1)?.text("roepnaam")).toBe("Zoë & <Co>");
    }
  });

  test("with the line ends of Windows", async () => {
    const records = await read(
      edexml({ pupils: pupil("p1", { achternaam: "\nvan\nDam\n" }) }).replaceAll("\n", "\r\n"),
    );
    expect(records.at(-1)?.text("achternaam")).toBe("van Dam");
  });

  test("without what suppliers add to it, whatever that holds", async () => {
    const addition = `<toevoegingen><blok xsi:type="x"><leerling key="fake"><bsn>1</bsn></leerling></blok></toevoegingen>`;
    const school = SCHOOL.replace("</school>", `${addition}</school>`);
    const records = await read(
      edexml({ school, pupils: pupil("p1").replace("</leerling>", `${addition}</leerling>`) }),
    );
    expect(records.map(({ key }) => key)).toEqual([undefined, "p1"]);
    expect(records[1]?.texts("bsn")).toEqual([]);
  });

  test("without sections that it does not know", async () => {
    const records = await read(edexml().replace("<leerlingen>", '<ouders><leerling key="x"/></ouders><leerlingen>'));
    expect(records.map(({ kind }) => kind)).toEqual(["school"]);
  });

  test("with a field of a million characters as a fault of that record alone", async () => {
    const records = await read(
      edexml({ pupils: pupil("p1", { achternaam: "x".repeat(1_000_000) }) + pupil("p2") }),
      65_536,
    );
    expect(records.map(({ fault }) => fault)).toEqual([undefined, "TEXT_TOO_LONG", undefined]);
  });

  test("with a long text in pieces not cut to a short one", async () => {
    const name = `a${" ".repeat(2_000)}b${"<!-- -->c".repeat(600)}`;
    const records = await read(edexml({ pupils: pupil("p1", { achternaam: name }) }));
    expect(records[1]?.fault).toBe("TEXT_TOO_LONG");
  });

  test("with far too many fields as a fault of that record alone", async () => {
    const fields = "<samengestelde_groep key='x'/>".repeat(1_500);
    const records = await read(edexml({ pupils: pupil("p1").replace("</leerling>", `${fields}</leerling>`) }));
    expect(records[1]?.fault).toBe("TOO_MANY_FIELDS");
  });
});

const laughs = `<!DOCTYPE EDEX [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>`;

describe("a file is refused as a whole", () => {
  test.each<[string, string, string]>([
    ["DOCTYPE", "with a DOCTYPE", edexml({ declaration: "<!DOCTYPE EDEX>" })],
    [
      "DOCTYPE",
      "with a DOCTYPE of another place",
      edexml({ declaration: '<!DOCTYPE EDEX SYSTEM "file:///etc/passwd">' }),
    ],
    ["DOCTYPE", "with a billion laughs", edexml({ declaration: laughs, pupils: pupil("p1", { achternaam: "&c;" }) })],
    ["NOT_XML", "with an entity that XML does not have", edexml({ pupils: pupil("p1", { achternaam: "&eacute;" }) })],
    [
      "NOT_XML",
      "with elements that cross",
      edexml({ pupils: "<leerling key='1'><achternaam></leerling></achternaam>" }),
    ],
    ["NOT_XML", "with an attribute twice", edexml({ pupils: '<leerling key="1" key="2"/>' })],
    ["NOT_XML", "with a forbidden character", edexml({ pupils: pupil("p1", { achternaam: "a\u0001b" }) })],
    ["NOT_XML", "that is no XML", "sleutel;bsn\n1;2\n"],
    ["NOT_XML", "of blanks", "  \n "],
    ["NOT_XML", "with something after its end", `${edexml()}<EDEX/>`],
    ["WRONG_ROOT", "with another root", "<UWLR><school/></UWLR>"],
    ["WRONG_ROOT", "with a root of another case", "<edex/>"],
    ["SECTION_MISSING", "without pupils", `<EDEX>${SCHOOL}</EDEX>`],
    ["SECTION_MISSING", "without anything", "<EDEX/>"],
    ["WRONG_ORDER", "without a school", "<EDEX><leerlingen/></EDEX>"],
    ["WRONG_ORDER", "with staff before pupils", `<EDEX>${SCHOOL}<leerkrachten/><leerlingen/></EDEX>`],
    ["WRONG_ORDER", "with a section twice", `<EDEX>${SCHOOL}<leerlingen/><leerlingen/></EDEX>`],
    ["TOO_DEEP", "with elements nested without end", edexml({ pupils: "<a>".repeat(1_000) })],
    ["TOO_LONG", "with a text that would fill the memory", edexml({ pupils: "x".repeat(9 * 1024 * 1024) })],
    [
      "TOO_LONG",
      "with a comment that would fill the memory",
      edexml({ pupils: `<!--${"x".repeat(9 * 1024 * 1024)}-->` }),
    ],
  ])("%s, %s", async (code, _what, text) => {
    await expect(read(text, 65_536)).rejects.toMatchObject({ name: "ImportRefused", code });
  });

  test("INCOMPLETE or NOT_XML, wherever it is cut off", async () => {
    const text = edexml({ groups: '<groep key="g3"><naam>3</naam></groep>', pupils: pupil("p1") }).trimEnd();
    for (let length = 1; length < text.length; length += 1) {
      const refusal = await read(text.slice(0, length)).then(
        () => "accepted",
        (fault) => fault.code,
      );
      expect(["INCOMPLETE", "NOT_XML"]).toContain(refusal);
    }
  });

  test("with a message that repeats nothing of it", async () => {
    const fault = await read(edexml({ pupils: "<leerling><geheim>Noor van der Linden</leerling>" })).catch(
      (error) => error,
    );
    expect(`${fault.message} ${fault.code}`).not.toMatch(/Noor|geheim/);
    expect(fault.line).toBe(7);
  });
});
