import { createHash } from "node:crypto";
import { comparableName } from "../plumbing/names.ts";
import { type DemoName, initialsOf } from "./people.ts";
import type { DemoPupil, DemoStaffMember, SchoolRoll } from "./school-roll.ts";
import type { DemoSchool } from "./schools.ts";

/** Habits in which the exports of different systems differ, by site. */
const OLD_SYSTEM = "99AE00"; // ISO-8859-1, CRLF
const WITH_ECK_ID = "99AH00";
const WITH_ADDITIONS = "99AK00";
const WITHOUT_SITE_NUMBER = "99AB00";
const WITHOUT_SOME_BIRTH_DATES = "99AD00";

/** The bytes of a school's EDEXML 2.1 export. */
export function edexmlFile(roll: SchoolRoll): Buffer {
  const old = roll.school.site === OLD_SYSTEM;
  const lines = [`<?xml version="1.0" encoding="${old ? "ISO-8859-1" : "UTF-8"}"?>`, ...document(roll), ""];
  if (!old) return Buffer.from(lines.join("\n"), "utf8");
  // What the encoding lacks is written as a character reference.
  const text = lines.join("\r\n").replace(/[\u{100}-\u{10ffff}]/gu, (letter) => `&#${letter.codePointAt(0)};`);
  return Buffer.from(text, "latin1");
}

function document({ school, groups, pupils, staff }: SchoolRoll): string[] {
  return [
    '<EDEX xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="EDEXML.structuur.xsd">',
    ...schoolSection(school),
    "<groepen>",
    ...groups.map(
      ({ key, name, yearGroup }) =>
        `<groep key="${key}">${element("naam", name)}${element("jaargroep", yearGroup)}</groep>`,
    ),
    "</groepen>",
    "<leerlingen>",
    ...pupils.flatMap((pupil, index) => pupilElement(school, pupil, index)),
    "</leerlingen>",
    "<leerkrachten>",
    ...staff.flatMap((member) => staffElement(school, member)),
    "</leerkrachten>",
    "</EDEX>",
  ];
}

function schoolSection({ site, name }: DemoSchool): string[] {
  const siteNumber = site === WITHOUT_SITE_NUMBER ? "" : element("dependancecode", site.slice(4));
  return [
    "<school>",
    element("schooljaar", "2026-2027"),
    element("peildatum", "2026-11-16"),
    element("brincode", site.slice(0, 4)) + siteNumber,
    element("aanmaakdatum", "2026-11-16T06:00:00"),
    element("auteur", "Demonstration, all persons are fictional"),
    element("xsdversie", "2.1"),
    "</school>",
    "<vestigingen>",
    `<vestiging key="v1">${element("naam", name)}${element("dependancecode", site.slice(4))}</vestiging>`,
    "</vestigingen>",
  ];
}

function pupilElement(school: DemoSchool, pupil: DemoPupil, index: number): string[] {
  const eckId = school.site === WITH_ECK_ID ? ` eckid="${fictionalEckId(school.site, pupil.key)}"` : "";
  const hideBirthDate = school.site === WITHOUT_SOME_BIRTH_DATES && index % 60 === 59;
  return [
    `<leerling key="${pupil.key}"${eckId}>`,
    nameElements(pupil.name),
    (hideBirthDate ? "" : element("geboortedatum", pupil.birthDate)) +
      element("geslacht", pupil.gender) +
      element("jaargroep", pupil.yearGroup),
    reference("groep", pupil.groupKey) + reference("vestiging", "v1") + numberElement(school, pupil),
    element("instroomdatum", pupil.from) + element("uitstroomdatum", pupil.until),
    ...(school.site === WITH_ADDITIONS && index % 40 === 0
      ? ['<toevoegingen><blok xsi:type="zorg"><opmerking>voorbeeld</opmerking></blok></toevoegingen>']
      : []),
    "</leerling>",
  ];
}

function numberElement({ exports }: DemoSchool, { bsn }: DemoPupil): string {
  switch (exports) {
    case "bsn":
      return element("bsn", bsn);
    case "lastFour":
      return element("bsn_ondwnr-4", bsn?.slice(-4));
    case "nothing":
      return "";
    default:
      return exports satisfies never;
  }
}

function staffElement(school: DemoSchool, { key, name, roles, groupKeys }: DemoStaffMember): string[] {
  return [
    `<leerkracht key="${key}">`,
    nameElements(name),
    element("emailadres", emailOf(school, name, key)) + roles.map((role) => element("rol", role)).join(""),
    ...(groupKeys.length === 0
      ? []
      : [`<groepen>${groupKeys.map((group) => reference("groep", group)).join("")}</groepen>`]),
    "</leerkracht>",
  ];
}

function nameElements(name: DemoName): string {
  return (
    element("achternaam", name.familyName) +
    element("voorvoegsel", name.prefix) +
    element("voornamen", name.givenNames) +
    element("voorletters-1", initialsOf(name)) +
    element("roepnaam", name.callName)
  );
}

function emailOf(school: DemoSchool, name: DemoName, key: string): string {
  const person = `${comparableName(name.callName)}.${comparableName(`${name.prefix ?? ""}${name.familyName}`)}`;
  return `${person}.${key}@${school.site.toLowerCase()}.example.nl`;
}

function fictionalEckId(site: string, key: string): string {
  return `https://ketenid.nl/201703/${createHash("sha512").update(`${site} ${key}`).digest("hex")}`;
}

function element(name: string, text: string | undefined): string {
  return text === undefined ? "" : `<${name}>${escapeXml(text)}</${name}>`;
}

function reference(name: string, key: string | undefined): string {
  return key === undefined ? "" : `<${name} key="${key}"/>`;
}

function escapeXml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
