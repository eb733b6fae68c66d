import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import type { ShelterContext } from "../context.ts";
import { OwnConsentNotFound, WithdrawOwnConsentInput, WithdrawOwnConsentResult } from "../schema/parent-view.ts";
import { ownConsents, parent } from "../schema/parties.ts";
import { ConsentRow, GuidedChildRow } from "../store/entities.ts";
import { withdraw } from "./consent-withdrawal.ts";
import { seeParentView, withView } from "./parent-reading.ts";

@Resolver()
export class WithdrawOwnConsent {
  @Mutation(() => WithdrawOwnConsentResult, {
    description:
      "The parent takes an own consent back, with effect at once: unless another parent's holds, school and supporter see nothing of each other any more.",
  })
  @Allow(parent, ownConsents)
  async withdrawOwnConsent(
    @Arg("input", () => WithdrawOwnConsentInput) { key, consentId }: WithdrawOwnConsentInput,
    @Ctx() context: ShelterContext,
  ): Promise<typeof WithdrawOwnConsentResult> {
    const refused = await withView(context, key, async (rows, { guidanceId }) => {
      const consent = isUuid(consentId) ? await rows.findOneBy(ConsentRow, { id: consentId }) : null;
      // Row-level security gives the parent no other's consent, and no child of another guidance.
      const child = consent && (await rows.findOneBy(GuidedChildRow, { id: consent.childId, guidanceId }));
      if (consent === null || child === null) return new OwnConsentNotFound();
      await withdraw(rows, context, consent);
      return undefined;
    });
    return refused ?? seeParentView(context, key);
  }
}
