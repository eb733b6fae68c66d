import { Field, Float, Int, ObjectType } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { DateScalar } from "../../../plumbing/scalars.ts";
import { operator } from "./parties.ts";

@ObjectType({ description: "How often the promise was kept. Figures about fewer than five signals are null." })
@Allow(operator)
export class Statistics {
  @Field(() => DateScalar, { description: "The first day counted." })
  from!: string;

  @Field(() => DateScalar, { description: "The last day counted." })
  to!: string;

  @Field(() => Int, { nullable: true, description: "Signals that came in on these days." })
  signals!: number | null;

  @Field(() => Float, { nullable: true, description: "The share, from 0 to 1, that was seen by its deadline." })
  shareSeenInTime!: number | null;

  @Field(() => Float, { nullable: true, description: "Median time from coming in to being seen, in minutes." })
  medianMinutesToSeen!: number | null;

  @Field(() => Int, { nullable: true, description: "Signals that wait for an officer now." })
  backlog!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "How long the oldest signal that nobody has seen has waited, in minutes, where five or more wait.",
  })
  oldestWaitingMinutes!: number | null;
}
