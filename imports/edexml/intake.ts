import type { ClientBase } from "pg";
import { Staging } from "../merging/staging.ts";
import { ImportRefused, type RefusedRows } from "../outcome.ts";
import { isHistoric, isYearGroup, readPupil } from "./pupil.ts";
import type { EdexmlRecord } from "./record.ts";
import { readSchool, type School } from "./school.ts";
import { Sites } from "./sites.ts";
import { readStaff } from "./staff.ts";
import { GROUPS, PUPILS, STAFF } from "./targets.ts";

/** Takes in the records of one file, in their order, and stages what is good of them. */
export class Intake {
  #school: School | undefined;
  #sites: Sites | undefined;

  private constructor(
    readonly groups: Staging,
    readonly pupils: Staging,
    readonly staff: Staging,
    readonly today: string,
  ) {}

  /** @param today no birth date may lie after it: `YYYY-MM-DD` */
  static async open(client: ClientBase, refused: RefusedRows, today: string): Promise<Intake> {
    return new Intake(
      await Staging.create(client, GROUPS, refused),
      await Staging.create(client, PUPILS, refused),
      await Staging.create(client, STAFF, refused),
      today,
    );
  }

  /** The school that the file speaks for. The reader sees to it that it comes first. */
  get school(): School {
    if (this.#school === undefined) throw new ImportRefused("SECTION_MISSING");
    return this.#school;
  }

  get sites(): Sites {
    if (this.#sites === undefined) throw new ImportRefused("SECTION_MISSING");
    return this.#sites;
  }

  async take(record: EdexmlRecord): Promise<void> {
    switch (record.kind) {
      case "school":
        this.#school = readSchool(record);
        this.#sites = new Sites(this.#school);
        return;
      case "vestiging":
        return this.sites.add(record);
      case "groep":
      case "samengestelde_groep":
        return this.#takeGroup(record);
      case "leerling":
        return this.#takePupil(record);
      case "leerkracht":
        return this.#takeStaff(record);
      default:
        return record.kind satisfies never;
    }
  }

  /** Writes what is in memory, and leaves out what the file holds twice. */
  async finish(): Promise<void> {
    const key = ["brincode", "dependancecode", "sleutel"];
    for (const staging of [this.groups, this.pupils, this.staff]) {
      await staging.finish();
      await staging.refuseRepeats(key, "KEY_TWICE", "sleutel");
    }
    await this.pupils.refuseRepeats(["dependancecode", "bsn"], "BSN_TWICE", "sleutel");
  }

  async #takeGroup(record: EdexmlRecord): Promise<void> {
    if (isHistoric(record)) return;
    const { brin, siteNumber } = this.school;
    const name = record.text("naam");
    const yearGroup = record.text("jaargroep") ?? null;
    const reason =
      record.fault ??
      (record.key === undefined ? "KEY_MISSING" : undefined) ??
      (name === undefined ? "NAME_MISSING" : undefined) ??
      (yearGroup !== null && !isYearGroup(yearGroup) ? "YEAR_GROUP_INVALID" : undefined);
    if (reason !== undefined) return this.groups.refuse(record.line, reason, record.key);
    const combined = String(record.kind === "samengestelde_groep");
    const row = [brin, siteNumber, record.key ?? null, name ?? null, yearGroup, combined, null];
    await this.groups.add(record.line, row);
  }

  async #takePupil(record: EdexmlRecord): Promise<void> {
    if (isHistoric(record)) return;
    const row = readPupil(record, this.today);
    if (typeof row === "string") return this.pupils.refuse(record.line, row, record.key);
    const site = this.sites.numberFor(row.siteKey);
    if (site === undefined) return this.pupils.refuse(record.line, "SITE_UNKNOWN", record.key);
    await this.pupils.add(record.line, [
      this.school.brin,
      site,
      row.sleutel,
      row.achternaam,
      row.voorvoegsel,
      row.voornamen,
      row.voorletters,
      row.roepnaam,
      row.geboortedatum,
      row.geslacht,
      row.bsn,
      row.jaargroep,
      row.instroomdatum,
      row.uitstroomdatum,
      null,
      row.groupKey,
    ]);
  }

  async #takeStaff(record: EdexmlRecord): Promise<void> {
    const { brin, siteNumber } = this.school;
    const row = readStaff(record);
    if (typeof row === "string") return this.staff.refuse(record.line, row, record.key);
    await this.staff.add(record.line, [
      brin,
      siteNumber,
      row.sleutel,
      row.achternaam,
      row.voorvoegsel,
      row.voornamen,
      row.voorletters,
      row.roepnaam,
      row.emailadres,
      arrayLiteral(row.roles),
      null,
      arrayLiteral(row.groupKeys),
    ]);
  }
}

/** A list of texts as PostgreSQL reads one from text. */
function arrayLiteral(texts: readonly string[]): string {
  return `{${texts.map((text) => `"${text.replace(/["\\]/g, "\\$&")}"`).join(",")}}`;
}
