import { Arg, Ctx, Resolver, Root, Subscription } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import type { EventRow } from "../../../plumbing/events.ts";
import type { LeerplichtContext } from "../context.ts";
import { leerplicht, manageRouting } from "../schema/parties.ts";
import { RoutingTaskEvent, type RoutingTaskEventKind } from "../schema/routing-task.ts";
import { RoutingTaskRow } from "../store/entities.ts";
import { listStream } from "../store/streams.ts";

@Resolver()
export class RoutingTaskEvents {
  @Subscription(() => RoutingTaskEvent, {
    description:
      "What happens on the work list of the caller's office: first what came after the cursor, then live, without gap or repeat.",
    subscribe: ({ args, context }) => {
      const { claims, events } = context as LeerplichtContext;
      const { after } = args as { after?: string | null };
      return events.follow(claims, listStream(claims), after ?? undefined);
    },
  })
  @Allow(leerplicht, manageRouting)
  async routingTaskEvents(
    @Root() event: EventRow,
    @Arg("after", () => String, { nullable: true, description: "The cursor of the last event that you have." })
    _after: string | null,
    @Ctx() { database, claims }: LeerplichtContext,
  ): Promise<RoutingTaskEvent> {
    const task = await database.transaction(claims, (rows) =>
      rows.findOneByOrFail(RoutingTaskRow, { id: event.subject }),
    );
    return { cursor: event.id, kind: event.kind as RoutingTaskEventKind, task };
  }
}
