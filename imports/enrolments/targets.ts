import type { Column, Target } from "../merging/target.ts";

const text = (name: string): Column => ({ name, type: "text" });
const date = (name: string): Column => ({ name, type: "date" });

/** Persons do not end: only their enrolments do. */
export const PERSONS: Target = {
  kind: "persons",
  table: "registry.jeugdige",
  key: [text("sleutel")],
  columns: [
    text("bsn"),
    text("achternaam"),
    text("voorvoegsel"),
    text("voornamen"),
    text("roepnaam"),
    date("geboortedatum"),
    text("gemeentecode"),
  ],
};

export const ENROLMENTS: Target = {
  kind: "enrolments",
  table: "registry.inschrijving",
  key: [{ name: "jeugdige_id", type: "bigint" }, text("brin"), text("vestiging"), date("datum_in")],
  columns: [date("datum_uit")],
  stagedOnly: [text("sleutel")],
  ending: {
    column: "datum_uit",
    notBefore: "datum_in",
    holdBy: "(select j.sleutel from registry.jeugdige as j where j.jeugdige_id = t.jeugdige_id)",
    guarded: true,
  },
};
