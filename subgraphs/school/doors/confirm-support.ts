import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import type { SchoolContext } from "../context.ts";
import { ConfirmSupportInput } from "../schema/inputs.ts";
import { handleSignals, school } from "../schema/parties.ts";
import { ConfirmSupportResult, refusal, SupportConfirmed } from "../schema/results.ts";
import { makeGesture } from "../store/inbox.ts";

@Resolver()
export class ConfirmSupport {
  @Mutation(() => ConfirmSupportResult, {
    description: "Says that the pupil has been met with support. Said again, it changes nothing.",
  })
  @Allow(school, handleSignals)
  async confirmSupport(
    @Arg("input", () => ConfirmSupportInput) { signalId }: ConfirmSupportInput,
    @Ctx() context: SchoolContext,
  ): Promise<typeof ConfirmSupportResult> {
    const handled = await context.database.transaction(context.claims, (rows) =>
      makeGesture(rows, context, signalId, "confirmSupport"),
    );
    if ("signal" in handled) return Object.assign(new SupportConfirmed(), handled);
    return refusal(handled.refused);
  }
}
