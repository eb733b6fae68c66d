import { Arg, Ctx, ID, Int, Query, Resolver } from "type-graphql";
import { In, IsNull, Not } from "typeorm";
import { Allow } from "../../../plumbing/access.ts";
import { type Connection, pageRequest, toConnection, usualPage } from "../../../plumbing/paging.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import type { LeerplichtContext } from "../context.ts";
import type { RoutingReason } from "../decisions/route.ts";
import { leerplicht, manageRouting } from "../schema/parties.ts";
import { RoutingReasonEnum, RoutingTask, RoutingTaskConnection } from "../schema/routing-task.ts";
import { RoutingTaskRow } from "../store/entities.ts";

@Resolver()
export class RoutingTasks {
  @Query(() => RoutingTaskConnection, {
    description: "The work list of the caller's office, the oldest first unless the latest are asked for.",
  })
  @Allow(leerplicht, manageRouting)
  async routingTasks(
    @Arg("reason", () => [RoutingReasonEnum], { nullable: true }) reason: RoutingReason[] | null,
    @Arg("open", () => Boolean, {
      nullable: true,
      defaultValue: true,
      description: "Open tasks, or those that have ended; all of them where it is null.",
    })
    open: boolean | null,
    @Arg("first", () => Int, { nullable: true, defaultValue: usualPage, description: "At most 500." })
    first: number | null,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Arg("latestFirst", () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: "By when they were opened. A cursor goes on in the order in which it was given.",
    })
    latestFirst: boolean | null,
    @Ctx() { database, claims }: LeerplichtContext,
  ): Promise<Connection<RoutingTaskRow>> {
    const request = pageRequest(first, after);
    const [order, beyond] = latestFirst ? (["DESC", "<"] as const) : (["ASC", ">"] as const);
    const found = await database.transaction(claims, (rows) => {
      const query = rows
        .createQueryBuilder(RoutingTaskRow, "task")
        .where(open == null ? {} : { closedAt: open ? IsNull() : Not(IsNull()) })
        .orderBy("task.openedAt", order)
        .addOrderBy("task.id", order)
        .limit(request.limit);
      if (reason != null) query.andWhere({ reason: In(reason) });
      if (request.after !== undefined) {
        query.andWhere(`(date_trunc('milliseconds', task.openedAt), task.id) ${beyond} (:at, :id)`, request.after);
      }
      return query.getMany();
    });
    return toConnection(
      found,
      request,
      ({ openedAt, id }) => ({ at: openedAt, id }),
      (row) => row,
    );
  }

  @Query(() => RoutingTask, { nullable: true, description: "One task of the caller's office, else null." })
  @Allow(leerplicht, manageRouting)
  routingTask(
    @Arg("id", () => ID) id: string,
    @Ctx() { database, claims }: LeerplichtContext,
  ): Promise<RoutingTaskRow | null> {
    if (!isUuid(id)) return Promise.resolve(null);
    return database.transaction(claims, (rows) => rows.findOneBy(RoutingTaskRow, { id }));
  }
}
