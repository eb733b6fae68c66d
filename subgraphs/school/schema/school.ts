import { Directive, Field, ID, ObjectType } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { DateScalar } from "../../../plumbing/scalars.ts";
import { school } from "./parties.ts";

@ObjectType({ description: "Someone who works at a school." })
@Allow(school)
export class StaffMember {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: "The name as it is read out." })
  name!: string;

  @Field(() => String, { nullable: true, description: "The e-mail address that the school's own system has." })
  email!: string | null;
}

@ObjectType({ description: "One site of a school." })
@Directive('@key(fields: "id")')
@Allow(school)
export class School {
  @Field(() => ID, { description: "The site id: BRIN and two digits, for example `99AA00`." })
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true })
  city!: string | null;
}

@ObjectType({ description: "When the contact persons of a school are reached, by the clock on the wall." })
@Allow(school)
export class ContactHours {
  @Field(() => String, { description: "`HH:MM`, on school days; never later than an hour before the first bell." })
  opens!: string;

  @Field(() => String, { description: "`HH:MM`, on school days; never before the first bell." })
  closes!: string;

  @Field(() => Boolean, { description: "Whether they are reached at every hour of every day instead." })
  always!: boolean;
}

@ObjectType({ description: "A run of days on which a school differs from its region." })
@Allow(school)
export class SchoolDays {
  @Field(() => ID)
  id!: string;

  @Field(() => DateScalar)
  firstDay!: string;

  @Field(() => DateScalar, { description: "Included." })
  lastDay!: string;

  @Field(() => Boolean, { description: "Whether pupils are at school on these days." })
  isSchool!: boolean;
}

@ObjectType({ description: "A class of pupils." })
@Allow(school)
export class Group {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;
}

@ObjectType({ description: "A pupil, as the school itself knows the pupil." })
@Directive('@key(fields: "circleKey")')
@Allow(school)
export class Pupil {
  @Field(() => ID, {
    description: "Made for this one signal, or support circle: it links to no other and to no other school.",
  })
  id!: string;

  // Joins the pupil with the support circle; its resolver gives one to every pupil.
  @Field(() => ID)
  @Directive("@inaccessible")
  circleKey?: string;

  @Field(() => String)
  displayName!: string;

  @Field(() => DateScalar, { nullable: true })
  birthDate!: string | null;
}

@ObjectType({ description: "The caller, as the access token says it." })
@Allow(school)
export class Viewer {
  @Field(() => ID, { description: "The token's `sub`." })
  id!: string;

  @Field(() => String)
  party!: string;

  @Field(() => String, { nullable: true })
  organisation!: string | null;

  @Field(() => [String], { description: "The OAuth scopes of the token." })
  scopes!: string[];
}
