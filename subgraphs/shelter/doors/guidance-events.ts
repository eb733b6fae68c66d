import { Arg, Ctx, Resolver, Root, Subscription } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import type { EventRow } from "../../../plumbing/events.ts";
import type { ShelterContext } from "../context.ts";
import { GuidanceEvent } from "../schema/guidance.ts";
import { manageGuidance, shelter } from "../schema/parties.ts";
import { GuidanceRow } from "../store/entities.ts";
import { readGuidances } from "../store/guidance.ts";
import { guidanceStreams } from "../store/streams.ts";
import { seen } from "./guidances.ts";

@Resolver()
export class GuidanceEvents {
  @Subscription(() => GuidanceEvent, {
    description:
      "What happens to the families that your organisation guides: first what came after the cursor, then live, without gap or repeat.",
    subscribe: ({ args, context }) => {
      const { claims, events } = context as ShelterContext;
      const { after } = args as { after?: string | null };
      return events.follow(claims, guidanceStreams(claims), after ?? undefined);
    },
  })
  @Allow(shelter, manageGuidance)
  async guidanceEvents(
    @Root() event: EventRow,
    @Arg("after", () => String, { nullable: true, description: "The cursor of the last event that you have." })
    _after: string | null,
    @Ctx() context: ShelterContext,
  ): Promise<GuidanceEvent> {
    const [guidance] = await seen(context, async (rows) =>
      readGuidances(rows, await rows.findBy(GuidanceRow, { id: event.subject })),
    );
    if (guidance === undefined) throw new Error("An event's guidance cannot be read");
    return { cursor: event.id, guidance };
  }
}
