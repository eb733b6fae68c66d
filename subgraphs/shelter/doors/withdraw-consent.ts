import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import type { ShelterContext } from "../context.ts";
import { WithdrawConsentInput } from "../schema/guidance-inputs.ts";
import { ConsentNotFound, ConsentWithdrawn, WithdrawConsentResult } from "../schema/guidance-results.ts";
import { manageGuidance, shelter } from "../schema/parties.ts";
import { ConsentRow, GuidanceRow } from "../store/entities.ts";
import { readGuidances } from "../store/guidance.ts";
import { withdraw } from "./consent-withdrawal.ts";
import { seen } from "./guidances.ts";

@Resolver()
export class WithdrawConsent {
  @Mutation(() => WithdrawConsentResult, {
    description:
      "Takes a parent's consent back, with effect at once: unless another parent's holds, the school sees nothing of the circle any more, nor you of the school.",
  })
  @Allow(shelter, manageGuidance)
  async withdrawConsent(
    @Arg("input", () => WithdrawConsentInput) { consentId }: WithdrawConsentInput,
    @Ctx() context: ShelterContext,
  ): Promise<typeof WithdrawConsentResult> {
    if (!isUuid(consentId)) return new ConsentNotFound();
    const { database, claims } = context;
    const guidanceId = await database.transaction(claims, async (rows) => {
      const consent = await rows.findOneBy(ConsentRow, { id: consentId });
      return consent === null ? undefined : withdraw(rows, context, consent);
    });
    if (guidanceId === undefined) return new ConsentNotFound();
    const [guidance] = await seen(context, async (rows) =>
      readGuidances(rows, await rows.findBy(GuidanceRow, { id: guidanceId })),
    );
    if (guidance === undefined) throw new Error("The guidance of a consent cannot be read");
    return Object.assign(new ConsentWithdrawn(), { guidance });
  }
}
