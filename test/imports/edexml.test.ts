import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { importEdexml } from "../../imports/edexml/import.ts";
import { schoolDatabase } from "../../subgraphs/school/database.ts";
import { edexml, manyPupils, pupil, SCHOOL, sourceOf } from "./edexml-text.ts";
import { openRegistry, type TestRegistry } from "./registry.ts";

const today = "2026-11-23";
const unchangedOnly = { added: 0, changed: 0, reopened: 0, ended: 0 };
let registry: TestRegistry;

beforeEach(async () => {
  registry = await openRegistry(schoolDatabase);
});

afterEach(async () => {
  await registry[Symbol.asyncDispose]();
});

function importText(text: string | Buffer, acceptEndings = false) {
  return importEdexml(registry.pool, sourceOf(text), { today, acceptEndings });
}

/** Holds a lock as an import does that is merging. */
async function heldLock(name: string) {
  const holder = await registry.pool.connect();
  await holder.query("begin");
  await holder.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [name]);
  const waiters =
    "select from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())";
  return {
    async isWaitedFor() {
      for (let waiting = 0; waiting === 0; ) waiting = (await holder.query(waiters)).rowCount ?? 0;
    },
    end: () => holder.query("commit"),
    async [Symbol.asyncDispose]() {
      holder.release(true);
    },
  };
}

const groups = '<groep key="g3"><naam>Groep 3</naam><jaargroep>3</jaargroep></groep>';
const staff = `<leerkracht key="m1"><achternaam>Vos</achternaam><emailadres>vos@example.nl</emailadres>
  <rol>IB</rol><rol>LRK</rol><groepen><groep key="g3"/></groepen></leerkracht>`;

describe("a school's export goes into the registry", () => {
  test("with the school, its groups, pupils and staff, and who teaches whom", async () => {
    const inGroup = pupil("p1", { bsn: "999990019" }).replace("</leerling>", '<groep key="g3"/></leerling>');
    const outcome = await importText(edexml({ groups, pupils: inGroup, staff }));
    expect(outcome).toMatchObject({ subject: "99XA00", refused: 0, endingsWithheld: [] });
    expect(outcome.counts["pupils"]).toEqual({ ...unchangedOnly, added: 1, unchanged: 0 });
    expect(
      await registry.rows(`
        select l.bsn, l.roepnaam, g.naam as groep, m.achternaam as leerkracht, m.rollen, s.schooljaar
        from registry.leerling l join registry.groep g on g.groepnummer = l.groep
        join registry.medewerker_groep using (groepnummer) join registry.medewerker m using (medewerkernummer)
        join registry.school s on s.brincode = l.brincode and s.dependancecode = l.dependancecode`),
    ).toEqual([
      {
        bsn: "999990019",
        roepnaam: "Kind p1",
        groep: "Groep 3",
        leerkracht: "Vos",
        rollen: ["IB", "LRK"],
        schooljaar: "2026-2027",
      },
    ]);
  });

  test("with names as they are written, from windows-1252 with the line ends of Windows too", async () => {
    const declaration = '<?xml version="1.0" encoding="windows-1252"?>';
    const text = edexml({ declaration, pupils: pupil("p1", { achternaam: "Coördes", roepnaam: "&#321;ucja" }) });
    await importText(Buffer.from(text.replaceAll("\n", "\r\n"), "latin1"));
    expect(await registry.rows("select achternaam, roepnaam from registry.leerling")).toEqual([
      { achternaam: "Coördes", roepnaam: "Łucja" },
    ]);
  });

  test("with each pupil at the site that the file names", async () => {
    const at = (key: string, site: string) =>
      pupil(key).replace("</leerling>", `<vestiging key="${site}"/></leerling>`);
    const sites = `<vestiging key="n"><naam>Noord</naam><dependancecode>00</dependancecode></vestiging>
      <vestiging key="z"><naam>Zuid</naam><dependancecode>1</dependancecode></vestiging>
      <vestiging key="gym"><naam>Gymzaal</naam></vestiging>`;
    const outcome = await importText(
      edexml({ sites, pupils: [at("p1", "z"), at("p2", "gym"), at("p3", "?"), pupil("p4")].join("\n") }),
    );
    expect(await registry.rows("select sleutel, dependancecode from registry.leerling order by sleutel")).toEqual([
      { sleutel: "p1", dependancecode: "01" },
      { sleutel: "p2", dependancecode: "00" },
      { sleutel: "p4", dependancecode: "00" },
    ]);
    expect(await registry.rows("select dependancecode, naam from registry.school order by 1")).toEqual([
      { dependancecode: "00", naam: "Noord" },
      { dependancecode: "01", naam: "Zuid" },
    ]);
    expect(outcome.refusedRows.map(({ reason }) => reason)).toEqual(["SITE_UNKNOWN"]);
  });

  test("without pupils and groups that are kept for history, and without the ECK iD", async () => {
    const eckId = `https://ketenid.nl/201703/${"ab".repeat(64)}`;
    const known = pupil("p1").replace("<leerling", `<leerling eckid="${eckId}"`);
    await importText(
      edexml({
        groups: groups.replace(">3</jaargroep", ">H</jaargroep"),
        pupils: known + pupil("p2", { jaargroep: "H" }),
      }),
    );
    expect(await registry.rows("select sleutel from registry.leerling")).toEqual([{ sleutel: "p1" }]);
    expect(await registry.rows("select from registry.groep")).toEqual([]);
    expect(await registry.rows("select l::text as row from registry.leerling l")).toEqual([
      { row: expect.not.stringContaining("ketenid") },
    ]);
  });

  test("of a year that the schema's own list does not have", async () => {
    const outcome = await importText(edexml({ school: SCHOOL.replace("2026-2027", "2031-2032") }));
    expect(outcome.refused).toBe(0);
  });
});

describe("a second import", () => {
  test("of the same file changes nothing", async () => {
    const text = edexml({ groups, pupils: pupil("p1"), staff });
    await importText(text);
    const before = await registry.rows("select l::text, l.xmin::text from registry.leerling l");
    const outcome = await importText(text);
    for (const counts of Object.values(outcome.counts)) expect(counts).toEqual({ ...unchangedOnly, unchanged: 1 });
    expect(await registry.rows("select l::text, l.xmin::text from registry.leerling l")).toEqual(before);
  });

  test("changes the one pupil who differs and keeps that pupil's number", async () => {
    await importText(edexml({ pupils: pupil("p1") + pupil("p2") }));
    const [before] = await registry.rows("select leerlingnummer from registry.leerling where sleutel = 'p1'");
    const outcome = await importText(edexml({ pupils: pupil("p1", { roepnaam: "Bo" }) + pupil("p2") }));
    expect(outcome.counts["pupils"]).toEqual({ ...unchangedOnly, changed: 1, unchanged: 1 });
    expect(await registry.rows("select leerlingnummer from registry.leerling where roepnaam = 'Bo'")).toEqual([before]);
  });

  test("ends the pupil who is gone on the day of the file, and reopens the one who is back", async () => {
    const ended = "select sleutel, uitstroomdatum::text from registry.leerling order by sleutel";
    await importText(edexml({ pupils: pupil("p1") + pupil("p2") }));
    expect((await importText(edexml({ pupils: pupil("p1") }))).counts["pupils"]).toMatchObject({
      ended: 1,
      unchanged: 1,
    });
    expect(await registry.rows(ended)).toEqual([
      { sleutel: "p1", uitstroomdatum: null },
      { sleutel: "p2", uitstroomdatum: "2026-11-02" },
    ]);
    expect((await importText(edexml({ pupils: pupil("p1") }))).counts["pupils"]).toMatchObject({
      ended: 0,
      unchanged: 1,
    });
    const back = await importText(edexml({ pupils: pupil("p1") + pupil("p2") }));
    expect(back.counts["pupils"]).toEqual({ ...unchangedOnly, reopened: 1, unchanged: 1 });
    expect(await registry.rows(ended)).toContainEqual({ sleutel: "p2", uitstroomdatum: null });
  });

  test("takes a group away from a teacher who no longer has it", async () => {
    await importText(edexml({ groups, staff }));
    await importText(edexml({ groups, staff: staff.replace('<groep key="g3"/>', "") }));
    expect(await registry.rows("select from registry.medewerker_groep")).toEqual([]);
  });

  test("leaves other schools alone, and another site of the same school", async () => {
    await importText(edexml({ pupils: pupil("p1") }));
    await importText(edexml({ school: SCHOOL.replace(">00<", ">01<"), pupils: pupil("p2") }));
    await importText(edexml({ school: SCHOOL.replace("99XA", "99XB"), pupils: pupil("p3") }));
    expect(await registry.rows("select from registry.leerling where uitstroomdatum is null")).toHaveLength(3);
  });
});

describe("a row that is bad", () => {
  test("is listed by line and reason, and the rest goes in", async () => {
    const rows = [
      pupil("p1", { bsn: "133456785" }),
      pupil("p2"),
      pupil("p2", { roepnaam: "Ander" }),
      pupil("").replace('key=""', ""),
      pupil("p5", { achternaam: "x".repeat(1_000_000) }),
      pupil("p6", { bsn: "999990019" }),
      pupil("p7", { bsn: "999990019" }),
    ];
    const outcome = await importText(edexml({ pupils: rows.join("\n") }));
    const first =
      edexml({ pupils: rows.join("\n") })
        .split("\n")
        .findIndex((line) => line.includes('"p1"')) + 1;
    expect(outcome.refused).toBe(5);
    expect(outcome.refusedRows.map(({ line, reason }) => [line - first, reason])).toEqual([
      [0, "BSN_INVALID"],
      [2, "KEY_TWICE"],
      [3, "KEY_MISSING"],
      [4, "TEXT_TOO_LONG"],
      [6, "BSN_TWICE"],
    ]);
    expect(await registry.rows("select sleutel, roepnaam from registry.leerling order by 1")).toEqual([
      { sleutel: "p2", roepnaam: "Kind p2" },
      { sleutel: "p6", roepnaam: "Kind p6" },
    ]);
  });

  test("leaves the pupil whom it is about as the registry has that pupil", async () => {
    await importText(edexml({ pupils: pupil("p1") + pupil("p2") }));
    const outcome = await importText(edexml({ pupils: pupil("p1", { bsn: "133456785", roepnaam: "Bo" }) }));
    expect(outcome.counts["pupils"]).toEqual({ ...unchangedOnly, ended: 1, unchanged: 0 });
    expect(await registry.rows("select roepnaam from registry.leerling where uitstroomdatum is null")).toEqual([
      { roepnaam: "Kind p1" },
    ]);
  });

  test("and has no key keeps all pupils from ending, as it could be any of them", async () => {
    await importText(edexml({ pupils: pupil("p1") + pupil("p2") }));
    const outcome = await importText(edexml({ pupils: pupil("p1") + pupil(" ") }));
    expect(outcome).toMatchObject({ refused: 1, endingsWithheld: ["pupils"] });
    expect(outcome.counts["pupils"]).toMatchObject({ ended: 0 });
  });

  test("is counted and no longer listed past the first thousand", async () => {
    const rows = Array.from({ length: 1_200 }, (_, index) => pupil(`p${index}`, { geslacht: "?" }));
    const outcome = await importText(edexml({ pupils: rows.join("\n") }));
    expect([outcome.refused, outcome.refusedRows.length]).toEqual([1_200, 1_000]);
  });
});

describe("a file that is broken", () => {
  const before = edexml({ groups, pupils: manyPupils(60), staff });
  const snapshot = () => registry.rows("select l::text, l.xmin::text from registry.leerling l order by leerlingnummer");

  test.each<[string, string]>([
    ["NOT_XML", edexml({ pupils: pupil("p0", { roepnaam: "Bo" }), staff: "<leerkracht>" })],
    ["INCOMPLETE", edexml({ pupils: pupil("p0", { roepnaam: "Bo" }) }).slice(0, -9)],
    ["WRONG_ORDER", `<EDEX>${SCHOOL}<leerlingen>${pupil("p0", { roepnaam: "Bo" })}</leerlingen><groepen/></EDEX>`],
    ["SCHOOL_INVALID", edexml({ school: SCHOOL.replace("99XA", "XA99"), pupils: pupil("p0") })],
    ["SCHOOL_INVALID", edexml({ school: SCHOOL.replace("2026-2027", "2026-2028"), pupils: pupil("p0") })],
    ["TOO_MANY_ENDED", edexml({ pupils: pupil("p0", { roepnaam: "Bo" }) })],
  ])("%s, changes nothing", async (code, text) => {
    await importText(before);
    const untouched = await snapshot();
    await expect(importText(text)).rejects.toMatchObject({ code });
    expect(await snapshot()).toEqual(untouched);
  });

  test("may end more than half of a school when somebody says that it is right", async () => {
    await importText(before);
    const outcome = await importText(edexml({ pupils: pupil("p0") }), true);
    expect(outcome.counts["pupils"]).toEqual({ ...unchangedOnly, ended: 59, unchanged: 1 });
  });

  test("leaves no temporary table and no connection behind", async () => {
    await expect(importText("<EDEX>")).rejects.toMatchObject({ code: "INCOMPLETE" });
    await importText(before);
    expect(registry.pool.totalCount).toBe(0);
  });
});

describe("imports that run at once", () => {
  test("of one school wait for the one that is merging", async () => {
    await using merging = await heldLock("import school 99XA");
    const waiting = importText(edexml({ pupils: pupil("p1") }));
    await merging.isWaitedFor();
    expect(await registry.rows("select from registry.leerling")).toEqual([]);
    await merging.end();
    expect((await waiting).counts["pupils"]).toMatchObject({ added: 1 });
  });

  test("of one school take turns, and one of them stands at the end", async () => {
    const versions = ["Bo", "Sam"].map((roepnaam) =>
      edexml({ groups, pupils: pupil("x1", { roepnaam }) + manyPupils(40), staff }),
    );
    const outcomes = await Promise.all(versions.map((text) => importText(text)));
    expect(outcomes.map(({ counts }) => counts["pupils"]?.added).sort()).toEqual([0, 41]);
    expect(await registry.rows("select from registry.leerling")).toHaveLength(41);
  });

  test("of different schools go in side by side", async () => {
    const texts = ["99XA", "99XB", "99XC"].map((brin) =>
      edexml({ school: SCHOOL.replace("99XA", brin), pupils: manyPupils(5) }),
    );
    await Promise.all(texts.map((text) => importText(text)));
    expect(await registry.rows("select from registry.leerling")).toHaveLength(15);
  });
});
