import { Arg, Ctx, Resolver, Root, Subscription } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import type { EventRow } from "../../../plumbing/events.ts";
import type { LeerplichtContext } from "../context.ts";
import { manageReleases, release } from "../schema/parties.ts";
import { ReleaseTaskEvent, type ReleaseTaskEventKind } from "../schema/release-task.ts";
import { ReleaseTaskRow } from "../store/entities.ts";
import { listStream } from "../store/streams.ts";

@Resolver()
export class ReleaseTaskEvents {
  @Subscription(() => ReleaseTaskEvent, {
    description:
      "What happens on the list of the caller's release desk: first what came after the cursor, then live, without gap or repeat.",
    subscribe: ({ args, context }) => {
      const { claims, events } = context as LeerplichtContext;
      const { after } = args as { after?: string | null };
      return events.follow(claims, listStream(claims), after ?? undefined);
    },
  })
  @Allow(release, manageReleases)
  async releaseTaskEvents(
    @Root() event: EventRow,
    @Arg("after", () => String, { nullable: true, description: "The cursor of the last event that you have." })
    _after: string | null,
    @Ctx() { database, claims }: LeerplichtContext,
  ): Promise<ReleaseTaskEvent> {
    const task = await database.transaction(claims, (rows) =>
      rows.findOneByOrFail(ReleaseTaskRow, { id: event.subject }),
    );
    return { cursor: event.id, kind: event.kind as ReleaseTaskEventKind, task };
  }
}
