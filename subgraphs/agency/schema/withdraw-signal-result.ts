import { type ClassType, createUnionType, Directive, Field, ObjectType } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import type { SentSignal } from "./sent-signal.ts";

export interface SignalWithdrawn {
  readonly __typename: "SignalWithdrawn";
  readonly sentSignal: SentSignal;
}

export interface SentSignalNotFound {
  readonly __typename: "SentSignalNotFound";
  readonly code: "SENT_SIGNAL_NOT_FOUND";
}

export type WithdrawSignalResult = SignalWithdrawn | SentSignalNotFound;

export function withdrawSignalResult(party: string, sentSignal: ClassType<SentSignal>) {
  @ObjectType("SignalWithdrawn", { description: "The signal goes no further. Asked again, the answer is the same." })
  @Directive("@shareable")
  @Allow([party])
  class SignalWithdrawnType {
    @Field(() => sentSignal, {
      description:
        "Its `progress` is WITHDRAWN; or SUPPORTED or CLOSED, where it was too late and the signal had ended before.",
    })
    @Directive('@provides(fields: "progress")')
    sentSignal!: SentSignal;
  }

  @ObjectType("SentSignalNotFound", {
    description: "You have no such signal. Another agency's is answered like one that never was.",
  })
  @Directive("@shareable")
  @Allow([party])
  class SentSignalNotFoundType {
    @Field(() => String, { description: "`SENT_SIGNAL_NOT_FOUND`" })
    code!: SentSignalNotFound["code"];
  }

  return createUnionType({
    name: "WithdrawSignalResult",
    description: "Either the signal is taken back, or it is not yours.",
    types: () => [SignalWithdrawnType, SentSignalNotFoundType] as const,
    resolveType: (value) => (value as unknown as WithdrawSignalResult).__typename,
  });
}
