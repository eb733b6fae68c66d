import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import type { SchoolContext } from "../context.ts";
import { AcknowledgeSignalInput } from "../schema/inputs.ts";
import { handleSignals, school } from "../schema/parties.ts";
import { AcknowledgeSignalResult, refusal, SignalAcknowledged } from "../schema/results.ts";
import { makeGesture } from "../store/inbox.ts";

@Resolver()
export class AcknowledgeSignal {
  @Mutation(() => AcknowledgeSignalResult, {
    description: "Says that a contact person has seen the signal. Said again, it changes nothing.",
  })
  @Allow(school, handleSignals)
  async acknowledgeSignal(
    @Arg("input", () => AcknowledgeSignalInput) { signalId }: AcknowledgeSignalInput,
    @Ctx() context: SchoolContext,
  ): Promise<typeof AcknowledgeSignalResult> {
    const handled = await context.database.transaction(context.claims, (rows) =>
      makeGesture(rows, context, signalId, "acknowledge"),
    );
    if ("signal" in handled) return Object.assign(new SignalAcknowledged(), handled);
    return refusal(handled.refused);
  }
}
