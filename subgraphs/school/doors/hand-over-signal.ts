import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { type EntityManager, In } from "typeorm";
import { Allow } from "../../../plumbing/access.ts";
import { dutchDay } from "../../../plumbing/dutch-time.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import { type SchoolContext, sitesOf } from "../context.ts";
import { isEmployedOn } from "../decisions/reachable.ts";
import { RegistryStaffMember } from "../registry/entities.ts";
import { HandOverSignalInput } from "../schema/inputs.ts";
import { handleSignals, school } from "../schema/parties.ts";
import {
  HandOverSignalResult,
  refusal,
  SignalHandedOver,
  SignalNotFound,
  StaffMemberNotFound,
} from "../schema/results.ts";
import { SignalRow } from "../store/entities.ts";
import { makeGesture, type Teacher } from "../store/inbox.ts";

@Resolver()
export class HandOverSignal {
  @Mutation(() => HandOverSignalResult, {
    description:
      "Hands the signal over to the child's teacher, who sees this one signal from then on. It then counts as seen. Handed over again, it is the other teacher's alone.",
  })
  @Allow(school, handleSignals)
  async handOverSignal(
    @Arg("input", () => HandOverSignalInput) { signalId, staffMemberId }: HandOverSignalInput,
    @Ctx() context: SchoolContext,
  ): Promise<typeof HandOverSignalResult> {
    return context.database.transaction(context.claims, async (rows) => {
      const own = { id: signalId, schoolId: In([...sitesOf(context)]) };
      const signal = isUuid(signalId) ? await rows.findOneBy(SignalRow, own) : null;
      if (signal === null) return new SignalNotFound();
      const teacher = await teacherAt(rows, signal.schoolId, staffMemberId, context.clock.now());
      if (teacher === undefined) return new StaffMemberNotFound();
      const handled = await makeGesture(rows, context, signalId, "handOver", { teacher });
      if ("signal" in handled) return Object.assign(new SignalHandedOver(), handled);
      return refusal(handled.refused);
    });
  }
}

/** Somebody who works at a site today. */
async function teacherAt(
  rows: EntityManager,
  schoolId: string,
  number: string,
  now: Date,
): Promise<Teacher | undefined> {
  if (!/^\d{1,15}$/.test(number)) return undefined;
  const site = { brin: schoolId.slice(0, 4), siteNumber: schoolId.slice(4) };
  const person = await rows.findOneBy(RegistryStaffMember, { id: number, ...site });
  if (person === null || !isEmployedOn(dutchDay(now), person.employedUntil)) return undefined;
  return { number: person.id, key: person.exportKey };
}
