import type { Column, Target } from "../merging/target.ts";

const text = (name: string): Column => ({ name, type: "text" });

export const INSTITUTIONS: Target = {
  kind: "institutions",
  table: "registry.onderwijsinstelling",
  key: [text("brin"), text("vestiging")],
  columns: [
    text("naam"),
    text("plaats"),
    text("telefoon"),
    text("gemeentecode"),
    text("gemeentenaam"),
    { name: "deelname", type: "boolean" },
    { name: "einddatum", type: "date" },
  ],
  stagedOnly: [text("officer")],
  ending: { column: "einddatum", holdBy: "t.brin || t.vestiging", guarded: true },
};

/** Officers do not end: they lose their sites. */
export const OFFICERS: Target = {
  kind: "officers",
  table: "registry.leerplichtambtenaar",
  key: [text("emailadres")],
  columns: [text("naam"), text("telefoon")],
};
