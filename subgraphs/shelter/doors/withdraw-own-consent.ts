import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { systemClaims } from "../../../plumbing/database.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import type { ShelterContext } from "../context.ts";
import {
  OwnConsentNotFound,
  ParentViewRefused,
  WithdrawOwnConsentInput,
  WithdrawOwnConsentResult,
} from "../schema/parent-view.ts";
import { ownConsents, parent } from "../schema/parties.ts";
import { endConsents, takeOpenConsent } from "../store/circles.ts";
import { ConsentRow, GuidedChildRow } from "../store/entities.ts";
import { findView } from "../store/parents.ts";
import { recordProcessingOf } from "../store/processing.ts";
import { seeParentView } from "./parent-reading.ts";

@Resolver()
export class WithdrawOwnConsent {
  @Mutation(() => WithdrawOwnConsentResult, {
    description:
      "The parent takes an own consent back, with effect at once: school and supporter see nothing of each other any more.",
  })
  @Allow(parent, ownConsents)
  async withdrawOwnConsent(
    @Arg("input", () => WithdrawOwnConsentInput) { key, consentId }: WithdrawOwnConsentInput,
    @Ctx() context: ShelterContext,
  ): Promise<typeof WithdrawOwnConsentResult> {
    const { database, clock, config } = context;
    const now = clock.now();
    const refused = await database.transaction(systemClaims, async (rows) => {
      const view = await findView(rows, key, { pseudonymKey: config.pseudonymKey, now });
      if (typeof view === "string") return new ParentViewRefused(view);
      if (!isUuid(consentId)) return new OwnConsentNotFound();
      const consent = await rows.findOneBy(ConsentRow, { id: consentId, givenBy: view.parent });
      const child = consent && (await rows.findOneBy(GuidedChildRow, { id: consent.childId }));
      if (consent === null || child?.guidanceId !== view.guidanceId) return new OwnConsentNotFound();
      if (consent.endedAt !== null) return undefined;
      const persons = [child.registryKey, consent.givenBy];
      await recordProcessingOf(rows, context, "consent.withdraw", [{ object: consentId, persons }]);
      const open = await takeOpenConsent(rows, consentId);
      if (open !== undefined) await endConsents(rows, [open], { now, withdrawn: true });
      return undefined;
    });
    return refused ?? seeParentView(context, key);
  }
}
