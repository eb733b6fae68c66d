import { Directive, Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { Allow, AllowOwner } from "../../../plumbing/access.ts";
import { agency, school } from "./parties.ts";

/** What Leerplicht adds to the types of others. */

@ObjectType({ description: "The compulsory-education officer (leerplichtambtenaar) who looks after a school." })
@Allow(school)
export class LeerplichtOfficer {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true })
  telephone!: string | null;

  @Field(() => String)
  email!: string;
}

@ObjectType()
@Directive('@key(fields: "id")')
@Allow(school)
export class School {
  @Field(() => ID)
  id!: string;
}

export enum SignalProgress {
  SENT = "SENT",
  DELIVERED = "DELIVERED",
  SEEN = "SEEN",
  SUPPORTED = "SUPPORTED",
  WITHDRAWN = "WITHDRAWN",
  CLOSED = "CLOSED",
}
registerEnumType(SignalProgress, { name: "SignalProgress" });

@ObjectType()
@Directive('@key(fields: "id")')
@AllowOwner(agency)
export class SentSignal {
  @Field(() => ID)
  id!: string;

  @Field(() => SignalProgress, {
    description: "How far it is. It never tells whether or where a child is enrolled.",
  })
  progress!: SignalProgress;
}
