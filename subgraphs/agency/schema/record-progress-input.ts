import { Field, ID, InputType } from "type-graphql";
import { SignalProgress } from "./signal-progress.ts";

@InputType({ description: "How far a signal is, told by Leerplicht to the agency that sent it." })
export class RecordProgressInput {
  @Field(() => ID, { description: "The `id` that the agency sent it under." })
  id!: string;

  @Field(() => SignalProgress)
  progress!: SignalProgress;
}
