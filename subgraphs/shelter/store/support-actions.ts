import { type EntityManager, In, IsNull } from "typeorm";
import { type Database, systemClaims } from "../../../plumbing/database.ts";
import { identitiesOf, type Place } from "../../../plumbing/identities/identities.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import type { GivenAction } from "../decisions/conversation.ts";
import { SupportActionRow } from "./entities.ts";

/** Where the words of an action stand, which may name somebody: they are encrypted. */
const whatOf = (row: string): Place => ({ table: "support_action", column: "what", row });

/** By the talk's id, in their order. */
export async function actionsOf(rows: EntityManager, ids: readonly string[]): Promise<Map<string, SupportActionRow[]>> {
  const found = await rows.find(SupportActionRow, {
    where: { conversationId: In([...ids]) },
    order: { ordinal: "ASC" },
  });
  const identities = identitiesOf(rows);
  const read = found.map((action) => ({ ...action, what: identities.decrypt<string>(whatOf(action.id), action.what) }));
  return Map.groupBy(read, ({ conversationId }) => conversationId);
}

/** Writes down what was agreed in a talk, as the system. */
export async function agree(
  rows: EntityManager,
  conversationId: string,
  actions: readonly GivenAction[],
): Promise<void> {
  const agreed = actions.map(({ what, who, by }, ordinal) => {
    const id = crypto.randomUUID();
    return { id, conversationId, ordinal, what: identitiesOf(rows).encrypt(whatOf(id), what.trim()), who, by };
  });
  await rows.insert(SupportActionRow, agreed);
}

/** Notes that an action was done, as the system. @returns whether it is new: the first time counts. */
export async function keepAction(rows: EntityManager, id: string, now: Date): Promise<boolean> {
  const { affected } = await rows.update(SupportActionRow, { id, keptAt: IsNull() }, { keptAt: now });
  return affected === 1;
}

/** Which talk an action was agreed in. Whether the caller may know of it is still to be asked. */
export async function conversationOfAction(database: Database, id: string): Promise<string | undefined> {
  if (!isUuid(id)) return undefined;
  const action = await database.transaction(systemClaims, (rows) => rows.findOneBy(SupportActionRow, { id }));
  return action?.conversationId;
}
