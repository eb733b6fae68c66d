import { Arg, Ctx, Resolver, Root, Subscription } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { systemClaims } from "../../../plumbing/database.ts";
import type { EventRow } from "../../../plumbing/events.ts";
import type { ShelterContext } from "../context.ts";
import { ParentViewEvent, ParentViewRefused } from "../schema/parent-view.ts";
import { ownConsents, parent } from "../schema/parties.ts";
import { guidanceStream } from "../store/circles.ts";
import { conversationStream } from "../store/conversations.ts";
import { ConversationRow, GuidanceRow } from "../store/entities.ts";
import { findView } from "../store/parents.ts";
import { seeParentView } from "./parent-reading.ts";

@Resolver()
export class ParentViewEvents {
  @Subscription(() => ParentViewEvent, {
    description: "What the parent sees, each time when something of it changes. Read `parentView` first.",
    subscribe: ({ args, context }) => follow(context as ShelterContext, (args as { key: string }).key),
  })
  @Allow(parent, ownConsents)
  async parentViewEvents(
    @Root() _: EventRow,
    @Arg("key", () => String, { description: "`ParentViewOpened.key`" }) key: string,
    @Ctx() context: ShelterContext,
  ): Promise<ParentViewEvent> {
    const view = await seeParentView(context, key);
    return { view: view instanceof ParentViewRefused ? null : view };
  }
}

/** Follows what happens at the shelter, as the system, and lets through what is of this one guidance. */
async function follow(context: ShelterContext, key: string): Promise<AsyncIterableIterator<EventRow>> {
  const { database, events, clock, config } = context;
  const guidance = await database.transaction(systemClaims, async (rows) => {
    const view = await findView(rows, key, { pseudonymKey: config.pseudonymKey, now: clock.now() });
    return typeof view === "string" ? null : rows.findOneBy(GuidanceRow, { id: view.guidanceId });
  });
  const organisation = guidance?.organisation ?? "";
  const streams = guidance === null ? [] : [guidanceStream(organisation), conversationStream(organisation)];
  const all = await events.follow(systemClaims, streams);
  const isOurs = (event: EventRow): Promise<boolean> =>
    database.transaction(
      systemClaims,
      async (rows) =>
        event.subject === guidance?.id ||
        rows.existsBy(ConversationRow, { id: event.subject, guidanceId: guidance?.id ?? "" }),
    );
  const ours: AsyncIterableIterator<EventRow> = {
    [Symbol.asyncIterator]: () => ours,
    async next() {
      for (;;) {
        const step = await all.next();
        if (step.done || (await isOurs(step.value))) return step;
      }
    },
    return: async () => (await all.return?.(undefined)) ?? { done: true, value: undefined },
  };
  return ours;
}
