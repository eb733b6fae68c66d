import { Field, ID, InputType } from "type-graphql";

@InputType()
export class WithdrawSignalInput {
  @Field(() => ID, { description: "The `id` of the signal to take back." })
  sentSignalId!: string;
}
