import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import type { SchoolContext } from "../context.ts";
import { SetContactHoursInput } from "../schema/inputs.ts";
import { handleSignals, school } from "../schema/parties.ts";
import { ContactHoursSet, InvalidHours, SchoolNotFound, SetContactHoursResult } from "../schema/results.ts";
import { ContactHoursRow } from "../store/entities.ts";
import { schoolById } from "./schools.ts";

@Resolver()
export class SetContactHours {
  @Mutation(() => SetContactHoursResult, {
    description:
      "Says when the contact persons are reached on school days. What comes outside these hours appears at the next opening, which is at the latest an hour before the first bell.",
  })
  @Allow(school, handleSignals)
  async setContactHours(
    @Arg("input", () => SetContactHoursInput) { schoolId, opens, closes }: SetContactHoursInput,
    @Ctx() context: SchoolContext,
  ): Promise<typeof SetContactHoursResult> {
    const found = await schoolById(schoolId, context);
    if (found === null) return new SchoolNotFound();
    if (!isTime(opens) || !isTime(closes) || opens >= closes) return new InvalidHours();
    await context.database.transaction(context.claims, (rows) =>
      rows.save(ContactHoursRow, { schoolId, opens, closes, always: false }),
    );
    context.loaders.contactHours.clear(schoolId);
    return Object.assign(new ContactHoursSet(), { school: found });
  }
}

function isTime(text: string): boolean {
  return /^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/.test(text);
}
