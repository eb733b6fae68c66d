import { Directive, Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { DateTimeScalar } from "../../../plumbing/scalars.ts";
import { Supporter } from "./guidance.ts";
import { readCircles, school } from "./parties.ts";

@ObjectType()
@Directive('@key(fields: "circleKey")')
@Allow(school)
export class Pupil {
  @Field(() => ID)
  @Directive("@inaccessible")
  circleKey!: string;
}

@ObjectType({
  description:
    "That a parent has agreed that the school and a supporter of the family support a pupil together. It is there only as long as the parent agrees.",
})
@Allow(school, readCircles)
export class SupportCircle {
  @Field(() => ID)
  id!: string;

  @Field(() => DateTimeScalar, { description: "Since when this school is in." })
  since!: Date;

  @Field(() => Supporter, { description: "Who accompanies the family, and how to reach them." })
  supporter!: Supporter;

  @Field(() => Pupil, { nullable: true, description: "Null where the school's own system no longer has the pupil." })
  pupil!: Pupil | null;
}

export enum SupportCircleEventKind {
  OPENED = "OPENED",
  CHANGED = "CHANGED",
  CLOSED = "CLOSED",
}
registerEnumType(SupportCircleEventKind, {
  name: "SupportCircleEventKind",
  description: "What happened to a support circle.",
  valuesConfig: {
    OPENED: { description: "It is new." },
    CHANGED: { description: "Another supporter accompanies the family." },
    CLOSED: { description: "It is no more: take it off the screen." },
  },
});

@ObjectType({ description: "Something that happened to the support circles of a school." })
@Allow(school, readCircles)
export class SupportCircleEvent {
  @Field(() => String, { description: "Give the last one that you have as `after` when you subscribe again." })
  cursor!: string;

  @Field(() => SupportCircleEventKind)
  kind!: SupportCircleEventKind;

  @Field(() => ID, { description: "The circle's id, also where it is no more." })
  circleId!: string;

  @Field(() => SupportCircle, { nullable: true, description: "The circle as it is now; null where it is no more." })
  circle!: SupportCircle | null;
}
