import { Arg, Ctx, ID, Resolver, Root, Subscription } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import type { EventRow } from "../../../plumbing/events.ts";
import { type SchoolContext, sitesOf } from "../context.ts";
import { readSignals, school } from "../schema/parties.ts";
import { type Signal, SignalEvent, type SignalEventKind } from "../schema/signal.ts";
import { SignalRow } from "../store/entities.ts";

interface Arguments {
  readonly schoolId?: string | null;
  readonly after?: string | null;
}

@Resolver()
export class SignalEvents {
  @Subscription(() => SignalEvent, {
    description:
      "What happens in the inboxes that the caller may read: first what came after the cursor, then live, without gap or repeat.",
    subscribe: ({ args, context }) => follow(args as Arguments, context as SchoolContext),
  })
  @Allow(school, readSignals)
  async signalEvents(
    @Root() event: EventRow,
    @Arg("schoolId", () => ID, { nullable: true, description: "One school; else all that the caller may read." })
    _schoolId: string | null,
    @Arg("after", () => String, { nullable: true, description: "The cursor of the last event that you have." })
    _after: string | null,
    @Ctx() { database, claims }: SchoolContext,
  ): Promise<SignalEvent> {
    const signal = await database.transaction(claims, (rows) => rows.findOneByOrFail(SignalRow, { id: event.subject }));
    // The fields that the row lacks have resolvers of their own.
    return { cursor: event.id, kind: event.kind as SignalEventKind, signal: signal satisfies Signal };
  }
}

function follow({ schoolId, after }: Arguments, context: SchoolContext) {
  const mine = sitesOf(context);
  const streams = schoolId == null ? mine : mine.filter((id) => id === schoolId);
  return context.events.follow(context.claims, streams, after ?? undefined);
}
