import { Arg, type ClassType, Ctx, Resolver, Root, Subscription } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import type { EventRow } from "../../../plumbing/events.ts";
import { Fault } from "../../../plumbing/faults.ts";
import type { Agency } from "../agency.ts";
import type { AgencyContext } from "../context.ts";
import type { AgencyTypes } from "../schema/agency-types.ts";
import type { SentSignalEvent } from "../schema/sent-signal-event.ts";
import type { SignalProgress } from "../schema/signal-progress.ts";
import { reading } from "../scopes.ts";

export function sentSignalEventsDoor({ party }: Agency, types: AgencyTypes): ClassType {
  @Resolver()
  class SentSignalEvents {
    @Subscription(() => types.sentSignalEvent, {
      description:
        "Each time that a signal of your organisation went further: first what came after the cursor, then live, without gap or repeat. Without a cursor it begins now.",
      subscribe: ({ args, context }) => follow(context as AgencyContext, args["after"] as string | null | undefined),
    })
    @Allow([party], reading)
    async sentSignalEvents(
      @Arg("after", () => String, { nullable: true, description: "The last `cursor` that you have dealt with." })
      _after: string | null | undefined,
      @Root() event: EventRow,
      @Ctx() { sentSignals }: AgencyContext,
    ): Promise<SentSignalEvent> {
      const sentSignal = await sentSignals.load(event.subject);
      if (sentSignal === null) throw new Error("An event's signal cannot be read");
      return { cursor: event.id, progress: event.kind as SignalProgress, sentSignal };
    }
  }
  return SentSignalEvents;
}

function follow({ claims, events }: AgencyContext, after: string | null | undefined): Promise<AsyncIterable<EventRow>> {
  if (claims.organisation === undefined) throw new Fault("FORBIDDEN");
  return events.follow(claims, [claims.organisation], after ?? undefined);
}
