import { Arg, Ctx, ID, Resolver, Root, Subscription } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import type { EventRow } from "../../../plumbing/events.ts";
import type { ShelterContext } from "../context.ts";
import { toSupportCircle } from "../schema/guidance-view.ts";
import { readCircles, school } from "../schema/parties.ts";
import { SupportCircleEvent, type SupportCircleEventKind } from "../schema/support-circle.ts";
import { seeCircles } from "../store/circles.ts";
import { circleStreams } from "../store/streams.ts";

interface Arguments {
  readonly schoolId?: string | null;
  readonly after?: string | null;
}

@Resolver()
export class SupportCircleEvents {
  @Subscription(() => SupportCircleEvent, {
    description:
      "What happens to the support circles of your schools: first what came after the cursor, then live, without gap or repeat.",
    subscribe: ({ args, context }) => follow(args as Arguments, context as ShelterContext),
  })
  @Allow(school, readCircles)
  async supportCircleEvents(
    @Root() event: EventRow,
    @Arg("schoolId", () => ID, { nullable: true, description: "One school; else all that the caller may read." })
    _schoolId: string | null,
    @Arg("after", () => String, { nullable: true, description: "The cursor of the last event that you have." })
    _after: string | null,
    @Ctx() context: ShelterContext,
  ): Promise<SupportCircleEvent> {
    const { database, claims } = context;
    const [circle] = await database.transaction(claims, (rows) =>
      seeCircles(rows, context, { column: "id", values: [event.subject] }),
    );
    return {
      cursor: event.id,
      kind: event.kind as SupportCircleEventKind,
      circleId: event.subject,
      circle: circle === undefined ? null : toSupportCircle(circle),
    };
  }
}

function follow({ schoolId, after }: Arguments, { claims, events }: ShelterContext) {
  const mine = circleStreams(claims);
  const streams = schoolId == null ? mine : mine.filter((id) => id === schoolId);
  return events.follow(claims, streams, after ?? undefined);
}
