import { Directive, Field, ID, ObjectType } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { DateTimeScalar } from "../../../plumbing/scalars.ts";
import { SignalProgress } from "./signal-progress.ts";

/** A signal as its sender sees it. */
export interface SentSignal {
  readonly id: string;
  readonly sentAt: Date;
  /** When the incident was: not a field, but what `dueBy` follows from. */
  readonly occurredAt: Date;
  /** For the fields that provide it; elsewhere Leerplicht answers. */
  readonly progress: SignalProgress;
}

export function sentSignalType(party: string) {
  @ObjectType("SentSignal", {
    description: "The signal about one child, as its sender sees it: how far it is, and nothing more.",
  })
  @Directive('@key(fields: "id")')
  @Allow([party])
  class SentSignalType implements SentSignal {
    @Field(() => ID, { description: "Random; the same for as long as the signal exists." })
    id!: string;

    @Field(() => DateTimeScalar, { description: "When it was accepted." })
    @Directive("@shareable")
    sentAt!: Date;

    occurredAt!: Date;

    // No rule of its own: composition refuses a tag on an external field. Its type's rule holds.
    @Field(() => SignalProgress, {
      // In Leerplicht's words, or composition would choose by how many agencies there are.
      description: "How far it is. It never tells whether or where a child is enrolled.",
    })
    @Directive("@external")
    progress!: SignalProgress;
  }
  return SentSignalType;
}
