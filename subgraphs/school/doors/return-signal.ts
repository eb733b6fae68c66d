import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import type { SchoolContext } from "../context.ts";
import { ReturnSignalInput } from "../schema/inputs.ts";
import { handleSignals, school } from "../schema/parties.ts";
import { ReturnSignalResult, refusal, SignalReturned } from "../schema/results.ts";
import { makeGesture } from "../store/inbox.ts";

@Resolver()
export class ReturnSignal {
  @Mutation(() => ReturnSignalResult, {
    description:
      "Says that the signal is not for this school. The pupil is shown to nobody here any more, and Leerplicht routes it anew.",
  })
  @Allow(school, handleSignals)
  async returnSignal(
    @Arg("input", () => ReturnSignalInput) { signalId, reason }: ReturnSignalInput,
    @Ctx() context: SchoolContext,
  ): Promise<typeof ReturnSignalResult> {
    const handled = await context.database.transaction(context.claims, (rows) =>
      makeGesture(rows, context, signalId, "return", { reason }),
    );
    if ("signal" in handled) return Object.assign(new SignalReturned(), handled);
    return refusal(handled.refused);
  }
}
