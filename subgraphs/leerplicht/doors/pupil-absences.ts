import { Arg, Ctx, FieldResolver, Query, Resolver, Root, Subscription } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import type { EventRow } from "../../../plumbing/events.ts";
import type { LeerplichtContext } from "../context.ts";
import { ChildIdentity, identityOf } from "../schema/child-identity.ts";
import { leerplicht, reportAbsences } from "../schema/parties.ts";
import { PupilAbsence, PupilAbsenceEvent } from "../schema/pupil-absence.ts";
import { AbsenceRow } from "../store/absences.ts";
import { absenceStream } from "../store/streams.ts";

@Resolver(() => PupilAbsence)
export class PupilAbsences {
  @Query(() => [PupilAbsence], {
    description:
      "The absences about which your office called for a talk, once that has moments to choose from, the latest first; at most 200.",
  })
  @Allow(leerplicht, reportAbsences)
  pupilAbsences(@Ctx() { database, claims }: LeerplichtContext): Promise<AbsenceRow[]> {
    return database.transaction(claims, (rows) =>
      rows.find(AbsenceRow, { order: { reportedAt: "DESC", id: "ASC" }, take: 200 }),
    );
  }

  @FieldResolver(() => ChildIdentity, { description: "All null once no parent agrees to a support circle any more." })
  @Allow(leerplicht, reportAbsences)
  async child(@Root() absence: AbsenceRow, @Ctx() { loaders }: LeerplichtContext): Promise<ChildIdentity> {
    return identityOf(await loaders.absentChild.load(absence));
  }

  @Subscription(() => PupilAbsenceEvent, {
    description:
      "What happens to your office's absences, and to the talks about them: first what came after the cursor, then live, without gap or repeat.",
    subscribe: ({ args, context }) => {
      const { claims, events } = context as LeerplichtContext;
      const { after } = args as { after?: string | null };
      return events.follow(claims, absenceStream(claims), after ?? undefined);
    },
  })
  @Allow(leerplicht, reportAbsences)
  async pupilAbsenceEvents(
    @Root() event: EventRow,
    @Arg("after", () => String, { nullable: true, description: "The cursor of the last event that you have." })
    _after: string | null,
    @Ctx() { database, claims }: LeerplichtContext,
  ): Promise<PupilAbsenceEvent> {
    const absence = await database.transaction(claims, (rows) =>
      rows.findOneByOrFail(AbsenceRow, { id: event.subject }),
    );
    return { cursor: event.id, absence };
  }
}
