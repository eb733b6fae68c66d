import type { Connection } from "../../../plumbing/paging.ts";
import { SchoolOfficer } from "../../../subgraphs/leerplicht/doors/school-officer.ts";
import { Schools } from "../../../subgraphs/school/doors/schools.ts";
import { SignalEvents } from "../../../subgraphs/school/doors/signal-events.ts";
import { SignalFields } from "../../../subgraphs/school/doors/signal-fields.ts";
import { Signals } from "../../../subgraphs/school/doors/signals.ts";
import type { SignalRow } from "../../../subgraphs/school/store/entities.ts";
import type { Json } from "../../world/client.ts";
import type { Secret } from "../cause.ts";
import { replaceMethod } from "../replace-method.ts";
import { type Leak, worldOf } from "./leak.ts";

const hour = 3_600_000;

/** Leaks by what a resolver gives. */
export function from(
  planted: string,
  door: { prototype: object },
  field: string,
  tamper: (given: Json, secret: Secret) => unknown,
): Leak {
  return {
    planted,
    plant: (worlds) =>
      replaceMethod(
        door.prototype,
        field,
        (resolve) =>
          async function (...given: unknown[]) {
            return tamper(await resolve.apply(this, given), worldOf(worlds, given).secret);
          },
      ),
  };
}

type Page = Connection<SignalRow>;

/** Leaks by the rows of a list. */
function inRows(planted: string, tamper: (row: SignalRow, secret: Secret) => void): Leak {
  return from(planted, Signals, "signals", (page: Page, secret) => {
    for (const { node } of page.edges) tamper(node, secret);
    return page;
  });
}

export const inTheSchool: readonly Leak[] = [
  inRows("erasesAt with the hour of the incident", (row, { hour: at }) => {
    row.erasesAt = new Date(row.erasesAt.getTime() - at * hour);
  }),
  inRows("erasesAt a millisecond later for each report", (row, { reports }) => {
    row.erasesAt = new Date(row.erasesAt.getTime() + reports);
  }),
  inRows("raisedAt by the clock of the agency", (row, { hour: at }) => {
    row.raisedAt = new Date(row.raisedAt.getTime() + at);
  }),
  inRows("a day of support that the shelter chose", (row, { agency }) => {
    if (agency === "shelter") row.supportOn = "2027-12-24";
  }),
  inRows("a status that counts", (row, { reports }) => {
    if (reports > 1 && row.status === "RAISED") row.status = "SEEN";
  }),
  from("a list without what a shelter reported", Signals, "signals", (page: Page, { agency }) =>
    agency === "shelter" ? { ...page, edges: page.edges.slice(1) } : page,
  ),
  from("a list with a line for each report", Signals, "signals", (page: Page, { reports }) => ({
    ...page,
    edges: page.edges.flatMap((edge) => Array<typeof edge>(reports).fill(edge)),
  })),
  from("a list that is ordered by a hidden column", Signals, "signals", (page: Page, { category }) => ({
    ...page,
    edges: category === "OTHER" ? page.edges : page.edges.toReversed(),
  })),
  from("a next page that is another school's", Signals, "signals", (page: Page, { elsewhere }) => ({
    ...page,
    pageInfo: { ...page.pageInfo, hasNextPage: elsewhere > 0 },
  })),
  from("a cursor that holds more than a place", Signals, "signals", (page: Page, { hour: at }) => ({
    ...page,
    pageInfo: { ...page.pageInfo, endCursor: Buffer.from(`${at}`).toString("base64url") },
  })),
  from("a name with a blank where there are siblings", SignalFields, "pupil", (pupil, { siblings }) =>
    siblings > 0 && pupil !== null ? { ...pupil, displayName: `${pupil.displayName} ` } : pupil,
  ),
  from("no birth date where the agency gave a number", SignalFields, "pupil", (pupil, { agency }) =>
    agency === "police" && pupil !== null ? { ...pupil, birthDate: null } : pupil,
  ),
  from("a pupil's id that is derived from the sender", SignalFields, "pupil", (pupil, { agency }) =>
    pupil === null ? null : { ...pupil, id: pupil.id.replace(/^./, agency.length.toString(16)) },
  ),
  from("somebody to hand over to who was never told", SignalFields, "handedTo", (staff, { category }) =>
    category === "OTHER" ? { id: "1", name: "Nobody", email: null } : staff,
  ),
  from("contacts in an order that goes by what they have to do", Schools, "schools", (schools, { reports }) =>
    reports > 1 ? schools.toReversed() : schools,
  ),
  from("an officer who is busy with a sibling", SchoolOfficer, "leerplichtOfficer", (officer, { siblings }) =>
    siblings > 0 ? null : officer,
  ),
  from("an event that tells the hour by its cursor", SignalEvents, "signalEvents", (event, { hour: at }) =>
    // What is told last of all is another kind, and known by its cursor.
    event.kind === "RAISED"
      ? { ...event, cursor: `${event.cursor.slice(0, -2)}${String(at).padStart(2, "0")}` }
      : event,
  ),
];
