import { type ClassType, Ctx, Directive, FieldResolver, Resolver, Root } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { DateTimeScalar } from "../../../plumbing/scalars.ts";
import type { Agency } from "../agency.ts";
import type { AgencyContext } from "../context.ts";
import type { AgencyTypes } from "../schema/agency-types.ts";
import type { SentSignal } from "../schema/sent-signal.ts";

export function sentSignalFieldsDoor({ party }: Agency, { sentSignal }: AgencyTypes): ClassType {
  @Resolver(() => sentSignal)
  class SentSignalFields {
    @FieldResolver(() => DateTimeScalar, {
      description:
        "By when a contact person should have seen it: within 24 hours of the incident or, where no school day begins within those, before the first bell of the next one. By the region's school days: it tells nothing of the child's school.",
    })
    @Directive("@shareable")
    @Allow([party])
    dueBy(@Root() { occurredAt }: SentSignal, @Ctx() { dueBy }: AgencyContext): Promise<Date> {
      return dueBy.load(occurredAt);
    }
  }
  return SentSignalFields;
}
