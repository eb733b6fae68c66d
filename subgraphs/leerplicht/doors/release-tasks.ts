import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import { IsNull, Not } from "typeorm";
import { Allow } from "../../../plumbing/access.ts";
import { type Connection, pageRequest, toConnection, usualPage } from "../../../plumbing/paging.ts";
import type { LeerplichtContext } from "../context.ts";
import { ChildIdentity, identityOf } from "../schema/child-identity.ts";
import { manageReleases, release } from "../schema/parties.ts";
import { ReleaseTask, ReleaseTaskConnection } from "../schema/release-task.ts";
import { ReleaseTaskRow } from "../store/entities.ts";

@Resolver(() => ReleaseTask)
export class ReleaseTasks {
  @Query(() => ReleaseTaskConnection, {
    description: "The list of the caller's release desk, the oldest first. Empty where the region has none.",
  })
  @Allow(release, manageReleases)
  async releaseTasks(
    @Arg("open", () => Boolean, {
      nullable: true,
      defaultValue: true,
      description: "Open tasks, or those that have ended; all of them where it is null.",
    })
    open: boolean | null,
    @Arg("first", () => Int, { nullable: true, defaultValue: usualPage, description: "At most 500." })
    first: number | null,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Ctx() { database, claims }: LeerplichtContext,
  ): Promise<Connection<ReleaseTaskRow>> {
    const request = pageRequest(first, after);
    const found = await database.transaction(claims, (rows) => {
      const query = rows
        .createQueryBuilder(ReleaseTaskRow, "task")
        .where(open == null ? {} : { closedAt: open ? IsNull() : Not(IsNull()) })
        .orderBy("task.openedAt", "ASC")
        .addOrderBy("task.id", "ASC")
        .limit(request.limit);
      if (request.after !== undefined) {
        query.andWhere("(date_trunc('milliseconds', task.openedAt), task.id) > (:at, :id)", request.after);
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

  @FieldResolver(() => ChildIdentity)
  @Allow(release, manageReleases)
  async child(@Root() task: ReleaseTaskRow, @Ctx() { loaders }: LeerplichtContext): Promise<ChildIdentity> {
    return identityOf(await loaders.releaseChild.load(task));
  }
}
