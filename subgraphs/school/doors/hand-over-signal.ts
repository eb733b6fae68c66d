import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { EntityManager } from "typeorm";
import { Allow } from "../../../plumbing/access.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import type { SchoolContext } from "../context.ts";
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
import { makeGesture } from "../store/inbox.ts";

@Resolver()
export class HandOverSignal {
  @Mutation(() => HandOverSignalResult, {
    description: "Says that the child's teacher has been told of the signal. It then counts as seen.",
  })
  @Allow(school, handleSignals)
  async handOverSignal(
    @Arg("input", () => HandOverSignalInput) { signalId, staffMemberId }: HandOverSignalInput,
    @Ctx() { database, claims, clock }: SchoolContext,
  ): Promise<typeof HandOverSignalResult> {
    return database.transaction(claims, async (rows) => {
      const signal = isUuid(signalId) ? await rows.findOneBy(SignalRow, { id: signalId }) : null;
      if (signal === null) return new SignalNotFound();
      if (!(await worksAt(rows, staffMemberId, signal.schoolId))) return new StaffMemberNotFound();
      const handled = await makeGesture(rows, clock, signalId, "handOver", staffMemberId);
      if ("signal" in handled) return Object.assign(new SignalHandedOver(), handled);
      return refusal(handled.refused);
    });
  }
}

async function worksAt(rows: EntityManager, number: string, schoolId: string): Promise<boolean> {
  if (!/^\d{1,15}$/.test(number)) return false;
  return rows.existsBy(RegistryStaffMember, {
    id: number,
    brin: schoolId.slice(0, 4),
    siteNumber: schoolId.slice(4),
  });
}
