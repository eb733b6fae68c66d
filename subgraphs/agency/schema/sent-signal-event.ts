import { type ClassType, Directive, Field, ObjectType } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import type { SentSignal } from "./sent-signal.ts";
import { SignalProgress } from "./signal-progress.ts";

export interface SentSignalEvent {
  readonly cursor: string;
  readonly progress: SignalProgress;
  readonly sentSignal: SentSignal;
}

export function sentSignalEventType(party: string, sentSignal: ClassType<SentSignal>) {
  @ObjectType("SentSignalEvent", { description: "A signal went further." })
  @Directive("@shareable")
  @Allow([party])
  class SentSignalEventType implements SentSignalEvent {
    @Field(() => String, {
      description: "Keep the last one: as `after` it resumes where you were, without gap or repeat.",
    })
    cursor!: string;

    @Field(() => SignalProgress, {
      description: "How far it went with this event. `sentSignal.progress` is how far it is by the time you ask.",
    })
    progress!: SignalProgress;

    @Field(() => sentSignal)
    sentSignal!: SentSignal;
  }
  return SentSignalEventType;
}
