import { Arg, Ctx, ID, Int, Query, Resolver } from "type-graphql";
import { In } from "typeorm";
import { Allow } from "../../../plumbing/access.ts";
import { type Connection, pageRequest, toConnection, usualPage } from "../../../plumbing/paging.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import type { SchoolContext } from "../context.ts";
import type { SignalStatus } from "../decisions/status.ts";
import { readSignals, school } from "../schema/parties.ts";
import { Signal, SignalConnection, SignalStatusEnum } from "../schema/signal.ts";
import { SignalRow } from "../store/entities.ts";

@Resolver()
export class Signals {
  @Query(() => SignalConnection, {
    description:
      "The signals in the inboxes that the caller may read, newest first; a teacher reads what was handed over.",
  })
  @Allow(school, readSignals)
  async signals(
    @Arg("schoolId", () => ID, { nullable: true, description: "One school; else all that the caller may read." })
    schoolId: string | null,
    @Arg("status", () => [SignalStatusEnum], { nullable: true }) status: SignalStatus[] | null,
    @Arg("first", () => Int, { nullable: true, defaultValue: usualPage, description: "At most 500." })
    first: number | null,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Ctx() context: SchoolContext,
  ): Promise<Connection<SignalRow>> {
    const request = pageRequest(first, after);
    const found = await context.database.transaction(context.claims, (rows) => {
      const query = rows
        .createQueryBuilder(SignalRow, "signal")
        .where({ schoolId: In(schoolId == null ? [...(context.claims.schools ?? [])] : [schoolId]) })
        .orderBy("signal.raisedAt", "DESC")
        .addOrderBy("signal.id", "DESC")
        .limit(request.limit);
      if (status != null) query.andWhere({ status: In(status) });
      if (request.after !== undefined) {
        query.andWhere("(date_trunc('milliseconds', signal.raisedAt), signal.id) < (:at, :id)", request.after);
      }
      return query.getMany();
    });
    return toConnection(
      found,
      request,
      ({ raisedAt, id }) => ({ at: raisedAt, id }),
      (row) => row,
    );
  }

  @Query(() => Signal, { nullable: true, description: "One signal that the caller may read, else null." })
  @Allow(school, readSignals)
  signal(@Arg("id", () => ID) id: string, @Ctx() { database, claims }: SchoolContext): Promise<SignalRow | null> {
    if (!isUuid(id)) return Promise.resolve(null);
    return database.transaction(claims, (rows) => rows.findOneBy(SignalRow, { id }));
  }
}
