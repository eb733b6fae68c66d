import { type EntityManager, In } from "typeorm";
import { categoryOf, type IncidentCategory } from "../../agency/decisions/incident-category.ts";
import type { AgencyRegistry } from "../../agency/registry.ts";
import { ShelterClient, ShelterFamily, ShelterLocation, ShelterNote, ShelterNoteClient } from "./entities.ts";

/** The kind of note of each category. Which kinds raise a signal is said in `store/0001-registry-child.sql`. */
const noteKinds: Readonly<Record<IncidentCategory, number>> = {
  DOMESTIC_VIOLENCE: 10,
  CHILD_ABUSE: 20,
  SERIOUS_THREAT: 30,
  OTHER: 90,
};

/** The shelter's client records. */
export const shelterRegistry: AgencyRegistry = {
  entities: [ShelterLocation, ShelterFamily, ShelterClient, ShelterNote, ShelterNoteClient],

  hasOrganisation: (rows, oin) => rows.existsBy(ShelterLocation, { oin }),

  // A report opens a record of its own: whether the family has one already is for the shelter's
  // people to see, and to guess it here could mix two families up.
  async write(rows, report, oin) {
    const location = await rows.findOneByOrFail(ShelterLocation, { oin });
    const family = rows.create(ShelterFamily, { location: location.number });
    await rows.insert(ShelterFamily, family);
    const clients = report.children.map((child) =>
      rows.create(ShelterClient, {
        familyId: family.id,
        role: "kind",
        bsn: child.bsn?.reveal() ?? null,
        givenName: child.givenName ?? null,
        prefix: child.prefix ?? null,
        familyName: child.familyName ?? null,
        birthDate: child.birthDate ?? null,
      }),
    );
    await rows.insert(ShelterClient, clients);
    const note = rows.create(ShelterNote, {
      familyId: family.id,
      kind: noteKinds[report.category],
      actualViolence: true,
      occurredAt: report.occurredAt,
      reference: report.reference ?? null,
    });
    await rows.insert(ShelterNote, note);
    await rows.insert(
      ShelterNoteClient,
      clients.map(({ id }) => ({ noteId: note.id, clientId: id })),
    );
    return note.id;
  },

  async read(rows, keys) {
    const notes = await rows.findBy(ShelterNote, { id: In([...keys]) });
    return new Map(notes.map(({ id, reference, kind }) => [id, { reference, category: categoryOf(kind, noteKinds) }]));
  },
};

/** Writes actual violence that members of a family were met with, as the existing system would have. */
export async function writeViolence(
  rows: EntityManager,
  {
    familyId,
    clientIds,
    occurredAt,
  }: { readonly familyId: string; readonly clientIds: readonly string[]; readonly occurredAt: Date },
): Promise<string> {
  const kind = noteKinds.DOMESTIC_VIOLENCE;
  const note = rows.create(ShelterNote, { familyId, kind, actualViolence: true, occurredAt, reference: null });
  await rows.insert(ShelterNote, note);
  await rows.insert(
    ShelterNoteClient,
    clientIds.map((clientId) => ({ noteId: note.id, clientId })),
  );
  return note.id;
}
