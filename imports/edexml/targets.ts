import type { Column, Target } from "../merging/target.ts";

const text = (name: string): Column => ({ name, type: "text" });
const date = (name: string): Column => ({ name, type: "date" });

const KEY = [text("brincode"), text("dependancecode"), text("sleutel")];

const NAME = [text("achternaam"), text("voorvoegsel"), text("voornamen"), text("voorletters"), text("roepnaam")];

/** Each school year has groups of its own, so all of them may end at once. */
export const GROUPS: Target = {
  kind: "groups",
  table: "registry.groep",
  key: KEY,
  columns: [text("naam"), text("jaargroep"), { name: "samengesteld", type: "boolean" }, date("einddatum")],
  ending: { column: "einddatum", holdBy: "t.sleutel", guarded: false },
};

export const PUPILS: Target = {
  kind: "pupils",
  table: "registry.leerling",
  key: KEY,
  columns: [
    ...NAME,
    date("geboortedatum"),
    { name: "geslacht", type: "smallint" },
    text("bsn"),
    text("jaargroep"),
    date("instroomdatum"),
    date("uitstroomdatum"),
    { name: "groep", type: "bigint" },
  ],
  stagedOnly: [text("group_key")],
  ending: { column: "uitstroomdatum", holdBy: "t.sleutel", guarded: true },
};

export const STAFF: Target = {
  kind: "staff",
  table: "registry.medewerker",
  key: KEY,
  columns: [...NAME, text("emailadres"), { name: "rollen", type: "text[]" }, date("uitdienstdatum")],
  stagedOnly: [{ name: "group_keys", type: "text[]" }],
  ending: { column: "uitdienstdatum", holdBy: "t.sleutel", guarded: true },
};
