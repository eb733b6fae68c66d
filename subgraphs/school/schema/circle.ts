import { createUnionType, Directive, Field, ID, InputType, ObjectType } from "type-graphql";
import { Allow, service } from "../../../plumbing/access.ts";
import { DateScalar } from "../../../plumbing/scalars.ts";
import { DeliveredChildInput } from "./inputs.ts";

/** Who guides a family, and learns of its children's schools where a parent consents; and that parent. */
const circle = ["shelter", "parent"];

@ObjectType({ description: "A contact person of a school." })
@Allow(circle)
export class CircleContact {
  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true })
  email!: string | null;
}

@ObjectType({ description: "The school's side of a support circle; there as long as a consent holds." })
@Directive('@key(fields: "circleKey")')
@Allow(circle)
export class CircleSchool {
  @Field(() => ID)
  @Directive("@inaccessible")
  circleKey!: string;

  // The school may have forgotten the circle a moment before the shelter hears of it.
  @Field(() => String, { nullable: true, description: "Null in the moment in which the school goes out." })
  name!: string | null;

  @Field(() => String, { nullable: true })
  city!: string | null;

  @Field(() => [CircleContact], {
    nullable: true,
    description: "The contact persons, who see the circle. Null in the moment in which the school goes out.",
  })
  contacts!: CircleContact[] | null;
}

@InputType()
export class OpenCircleInput {
  @Field(() => ID, { description: "Leerplicht's id of the circle. The same one is taken in once." })
  id!: string;

  @Field(() => ID)
  schoolId!: string;

  @Field(() => DeliveredChildInput)
  child!: DeliveredChildInput;
}

@InputType()
export class CloseCircleInput {
  @Field(() => ID)
  id!: string;
}

@InputType()
export class RemindContactsInput {
  @Field(() => ID, { description: "Minted for this one reminding. The same one is taken in once." })
  id!: string;

  @Field(() => ID, { nullable: true })
  circleKey?: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The day of the talk. Null takes the reminding back." })
  day?: string | null;
}

@ObjectType({ description: "The school has the pupil." })
@Allow([service])
export class CircleOpened {
  @Field(() => ID, { description: "The key by which the school knows the circle: for the parts alone." })
  circleKey!: string;
}

@ObjectType({ description: "Nothing was taken in." })
@Allow([service])
export class CircleNotOpened {
  @Field(() => String, { description: "`PUPIL_UNKNOWN_AT_SCHOOL`, `SCHOOL_NOT_PARTICIPATING` or `CIRCLE_CLOSED`." })
  readonly code: CircleObstacle;

  constructor(code: CircleObstacle) {
    this.code = code;
  }
}

type CircleObstacle = "PUPIL_UNKNOWN_AT_SCHOOL" | "SCHOOL_NOT_PARTICIPATING" | "CIRCLE_CLOSED";

/** type-graphql tells the members apart by their classes, so results are instances. */
export const OpenCircleResult = createUnionType({
  name: "OpenCircleResult",
  types: () => [CircleOpened, CircleNotOpened] as const,
});
