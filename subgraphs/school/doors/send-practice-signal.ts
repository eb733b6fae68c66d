import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { systemClaims } from "../../../plumbing/database.ts";
import type { SchoolContext } from "../context.ts";
import { SendPracticeSignalInput } from "../schema/inputs.ts";
import { handleSignals, school } from "../schema/parties.ts";
import { PracticeSignalSent, SchoolNotFound, SendPracticeSignalResult } from "../schema/results.ts";
import { raisePractice } from "../store/practice.ts";
import { schoolById } from "./schools.ts";

@Resolver()
export class SendPracticeSignal {
  @Mutation(() => SendPracticeSignalResult, {
    description:
      "Sends a signal about a made-up pupil to the school's own inbox, to practise with a colleague. It is marked as practice and leaves the school's part nowhere. While three are open none is added, and the newest of them is answered.",
  })
  @Allow(school, handleSignals)
  async sendPracticeSignal(
    @Arg("input", () => SendPracticeSignalInput) { schoolId }: SendPracticeSignalInput,
    @Ctx() context: SchoolContext,
  ): Promise<typeof SendPracticeSignalResult> {
    if ((await schoolById(schoolId, context)) === null) return new SchoolNotFound();
    const { database, clock, log } = context;
    const signal = await database.transaction(systemClaims, (rows) => raisePractice(rows, schoolId, clock.now(), log));
    return Object.assign(new PracticeSignalSent(), { signal });
  }
}
