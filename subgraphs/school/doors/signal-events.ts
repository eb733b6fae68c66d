import { Arg, Ctx, ID, Resolver, Root, Subscription } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { actAsSystem } from "../../../plumbing/database.ts";
import type { EventRow } from "../../../plumbing/events.ts";
import type { SchoolContext } from "../context.ts";
import { readSignals, school } from "../schema/parties.ts";
import { type Signal, SignalEvent, type SignalEventKind } from "../schema/signal.ts";
import { SignalRow } from "../store/entities.ts";
import { seal } from "../store/inbox.ts";
import { streamsOf } from "../store/tell.ts";

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
    const signal = await database.transaction(claims, async (rows) => {
      const [id, mine] = [event.subject, await rows.findOneBy(SignalRow, { id: event.subject })];
      if (mine !== null) return mine;
      // The caller was told of it once, and it is not the caller's to see any more.
      await actAsSystem(rows);
      return takenAway(await rows.findOneByOrFail(SignalRow, { id }));
    });
    // The fields that the row lacks have resolvers of their own.
    return { cursor: event.id, kind: event.kind as SignalEventKind, signal: signal satisfies Signal };
  }
}

/** What is left of a signal for a teacher who no longer has it: that it is gone. */
function takenAway(signal: SignalRow): SignalRow {
  const status = signal.pupilId === null ? signal.status : "WITHDRAWN";
  const left = Object.assign(new SignalRow(), signal, { status, seenAt: null, supportedAt: null });
  seal(left);
  return left;
}

function follow({ schoolId, after }: Arguments, context: SchoolContext) {
  const mine = streamsOf(context.claims);
  const streams = schoolId == null ? mine : mine.filter((stream) => stream.split("/")[0] === schoolId);
  return context.events.follow(context.claims, streams, after ?? undefined);
}
