import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import { type EntityManager, In } from "typeorm";
import { Allow } from "../../../plumbing/access.ts";
import { actAsSystem } from "../../../plumbing/database.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import type { ShelterContext } from "../context.ts";
import { endStatuses, openStatuses } from "../decisions/conversation.ts";
import { clientsOf } from "../registry/families.ts";
import { Conversation } from "../schema/conversation.ts";
import { toConversation } from "../schema/conversation-view.ts";
import { toGuidance } from "../schema/guidance-view.ts";
import { manageConversations, school, shelter } from "../schema/parties.ts";
import { circlesOf } from "../store/circles.ts";
import { type ConversationsBy, seeConversations, type VisibleConversation } from "../store/conversations.ts";
import { GuidanceRow } from "../store/entities.ts";
import { readGuidances } from "../store/guidance.ts";
import { mostListed } from "../store/listing.ts";
import { actionsOf } from "../store/support-actions.ts";

@Resolver()
export class Conversations {
  @Query(() => [Conversation], {
    description:
      "The talks that are still to come, or those that are over, which the caller may know of; the latest 500 first. It has no pages: talks go four weeks after the end of guidance, and one caller has a few dozen.",
  })
  @Allow([...shelter, ...school], manageConversations)
  async conversations(
    @Arg("over", () => Boolean, { nullable: true, defaultValue: false }) over: boolean | null,
    @Ctx() context: ShelterContext,
  ): Promise<Conversation[]> {
    return readConversations(context, { statuses: over ? endStatuses : openStatuses }, mostListed);
  }

  @Query(() => Conversation, { nullable: true, description: "One talk, else null." })
  @Allow([...shelter, ...school], manageConversations)
  async conversation(@Arg("id", () => ID) id: string, @Ctx() context: ShelterContext): Promise<Conversation | null> {
    return readConversation(context, id);
  }
}

/** A talk as the caller sees it now; null where there is none for the caller. */
export async function readConversation(context: ShelterContext, id: string): Promise<Conversation | null> {
  const [found] = isUuid(id) ? await readConversations(context, { ids: [id] }) : [];
  return found ?? null;
}

function readConversations(context: ShelterContext, by: ConversationsBy, most?: number): Promise<Conversation[]> {
  const { database, claims, clock } = context;
  return database.transaction(claims, async (rows) =>
    describeConversations(rows, await seeConversations(rows, context, by, most), clock.now()),
  );
}

/** What hangs on these talks, each kind in one query. From here on, the transaction is the system's. */
export async function describeConversations(
  rows: EntityManager,
  visible: readonly VisibleConversation[],
  now: Date,
): Promise<Conversation[]> {
  // Of both, row-level security gives a caller only what is for them: a school no guidance, a shelter no other's.
  const circles = byId(await circlesOf(rows, { column: "id", values: visible.flatMap(({ circle }) => circle ?? []) }));
  const guided = await rows.findBy(GuidanceRow, { id: In([...new Set(visible.map(({ guidance }) => guidance))]) });
  const guidances = byId((await readGuidances(rows, guided)).map((record) => toGuidance(record, now)));
  const parents = byId(
    await clientsOf(
      rows,
      visible.flatMap((one) => one.parents),
    ),
  );
  await actAsSystem(rows);
  const actions = await actionsOf(
    rows,
    visible.map(({ id }) => id),
  );
  return visible.map((one) => {
    const circle = circles.get(one.circle ?? "");
    const guidance = guidances.get(one.guidance);
    return toConversation(
      one,
      {
        circle,
        parents: one.parents.flatMap((id) => parents.get(id) ?? []),
        child: guidance?.children.find(({ id }) => id === one.child),
        supporter: guidance?.supporter.name ?? circle?.supporterName ?? null,
        actions: actions.get(one.id) ?? [],
      },
      now,
    );
  });
}

function byId<Item extends { readonly id: string }>(items: readonly Item[]): Map<string, Item> {
  return new Map(items.map((item) => [item.id, item]));
}
