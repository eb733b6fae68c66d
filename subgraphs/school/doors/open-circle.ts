import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { EntityManager } from "typeorm";
import { AllowParts } from "../../../plumbing/access.ts";
import { systemClaims, takeTurn } from "../../../plumbing/database.ts";
import { matchPerson, soughtPerson } from "../../../plumbing/person-match.ts";
import { recordProcessing, subjectDigest } from "../../../plumbing/processing-log.ts";
import type { SchoolContext } from "../context.ts";
import { pupilsWhoMayBe } from "../registry/pupils.ts";
import { CircleNotOpened, CircleOpened, OpenCircleInput, OpenCircleResult } from "../schema/circle.ts";
import { routerPart } from "../schema/parties.ts";
import { CirclePupilRow } from "../store/circle-entities.ts";
import { ContactPersonRow } from "../store/entities.ts";
import { encryptPupil } from "../store/pupil-number.ts";

@Resolver()
export class OpenCircle {
  @Mutation(() => OpenCircleResult, {
    description: "Leerplicht tells a school for which pupil a parent has agreed to a support circle. Taken in once.",
  })
  @AllowParts(routerPart)
  async openCircle(
    @Arg("input", () => OpenCircleInput) { id, schoolId, child }: OpenCircleInput,
    @Ctx() { database, clock, claims, config }: SchoolContext,
  ): Promise<typeof OpenCircleResult> {
    return database.transaction(systemClaims, async (rows) => {
      await takeCircleTurn(rows, id);
      const known = await rows.findOneBy(CirclePupilRow, { id });
      if (known !== null)
        return known.circleKey === null ? new CircleNotOpened("CIRCLE_CLOSED") : opened(known.circleKey);
      if (!(await rows.existsBy(ContactPersonRow, { schoolId })))
        return new CircleNotOpened("SCHOOL_NOT_PARTICIPATING");
      const sought = soughtPerson(child);
      const match = matchPerson(sought, await pupilsWhoMayBe(rows, schoolId, sought, clock.now()));
      const found = match.kind === "one" ? { subject: subjectDigest(config.pseudonymKey, match.person) } : {};
      recordProcessing(rows, claims, [{ activity: "circle.open", object: id, ...found }]);
      if (match.kind !== "one") return new CircleNotOpened("PUPIL_UNKNOWN_AT_SCHOOL");
      const circleKey = crypto.randomUUID();
      const pupil = encryptPupil(rows, "circle_pupil", id, match.person.number);
      await rows.insert(CirclePupilRow, { id, schoolId, pupil, circleKey });
      return opened(circleKey);
    });
  }
}

function opened(circleKey: string): CircleOpened {
  return Object.assign(new CircleOpened(), { circleKey });
}

/** What happens to one circle happens in turn, whichever replica it comes to: its end may overtake its beginning. */
export function takeCircleTurn(rows: EntityManager, id: string): Promise<void> {
  return takeTurn(rows, `circle:${id}`);
}
