import { Field, InputType } from "type-graphql";
import { DateScalar, DateTimeScalar } from "../../../plumbing/scalars.ts";
import { IncidentCategory } from "./incident-category.ts";

@InputType({ description: "A person's name, in the parts in which Dutch registries keep it." })
export class PersonNameInput {
  @Field(() => String, { nullable: true, description: "The given name, or all given names. At most 200 characters." })
  givenName?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "What stands before the family name, for example `van der`. At most 40 characters.",
  })
  prefix?: string | null;

  @Field(() => String, { nullable: true, description: "The family name without its prefix. At most 200 characters." })
  familyName?: string | null;
}

@InputType({
  description:
    "A child who was there. Give a BSN, or a given name, a family name and a birth date; give all of it where you can, for then more children are found.",
})
export class ChildInput {
  @Field(() => String, {
    nullable: true,
    description:
      "The citizen service number: nine digits, or eight that lack the leading zero. It serves the look-up and comes back in no answer.",
  })
  bsn?: string | null;

  @Field(() => PersonNameInput, { nullable: true })
  name?: PersonNameInput | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: "From 0 up to and including 18 years old on the day of the incident.",
  })
  birthDate?: string | null;
}

@InputType({ description: "An incident, and the children who may need support after it." })
export class ReportIncidentInput {
  @Field(() => String, {
    description:
      "Your own key for this report, 1–128 characters. Repeat a request under the same key as often as you like: it takes effect once. A key is remembered for 31 days, longer than its report would be taken in.",
  })
  idempotencyKey!: string;

  @Field(() => String, { nullable: true, description: "Your own record number. At most 64 characters." })
  reference?: string | null;

  @Field(() => DateTimeScalar, {
    description: "When it happened: not in the future (five minutes are allowed), nor more than thirty days ago.",
  })
  occurredAt!: Date;

  @Field(() => IncidentCategory, { description: "What kind of incident it was. It stays in your own registry." })
  category!: IncidentCategory;

  @Field(() => [ChildInput], { description: "1–20 children, each of them once." })
  children!: ChildInput[];

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description:
      "Checks the input and stores nothing. A report that would be accepted is answered as a first one is, with fresh ids that lead nowhere; the answer says nothing about the children, and the key stays free.",
  })
  dryRun?: boolean | null;
}
