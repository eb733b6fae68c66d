import { Directive, Field, ObjectType } from "type-graphql";
import { Allow, service } from "./access.ts";

@ObjectType({
  description: "One part has taken in what another sent. Sent again, it is acknowledged again and changes nothing.",
})
@Directive("@shareable")
@Allow([service])
export class HopReceipt {
  @Field(() => Boolean, { description: "Always true: what is not taken in is an error, and is sent again." })
  accepted!: boolean;
}

export const received: HopReceipt = { accepted: true };
