import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { pagingTypes } from "../../../plumbing/paging.ts";
import { DateScalar, DateTimeScalar } from "../../../plumbing/scalars.ts";
import { type SignalStatus, signalStatuses } from "../decisions/status.ts";
import { readSignals, school } from "./parties.ts";

export const SignalStatusEnum = Object.fromEntries(signalStatuses.map((status) => [status, status])) as {
  [Status in SignalStatus]: Status;
};
registerEnumType(SignalStatusEnum, {
  name: "SignalStatus",
  description: "Where a signal stands at the school.",
  valuesConfig: {
    RAISED: { description: "Nobody has looked yet; or not since support became due on a later day." },
    SEEN: { description: "A contact person has seen it." },
    SUPPORTED: { description: "The pupil has been met with support." },
    RETURNED: { description: "The school said that it is not for them. The pupil is no longer shown." },
    WITHDRAWN: { description: "It was taken back, or from this teacher. The pupil is no longer shown." },
    EXPIRED: { description: "Seen, or for practice, and its day is over. The pupil is no longer shown." },
  },
});

export enum Language {
  NL = "NL",
  EN = "EN",
}
registerEnumType(Language, { name: "Language", description: "The language of a text." });

@ObjectType({ description: "A child of this school may need support. That is all that a school ever learns." })
@Allow(school, readSignals)
export class Signal {
  @Field(() => ID, { description: "Random, and known at this school only." })
  id!: string;

  @Field(() => DateScalar, { description: "The school day on which the pupil should be met with support." })
  supportOn!: string;

  @Field(() => SignalStatusEnum)
  status!: SignalStatus;

  @Field(() => DateTimeScalar, {
    description: "When the inbox first had it. It says nothing of when anything happened.",
  })
  raisedAt!: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      "When a contact person looked. Where support has become due on a later day, somebody has to look again: it is then RAISED, and this is when they looked before.",
  })
  seenAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When support was confirmed." })
  supportedAt!: Date | null;

  @Field(() => DateTimeScalar, {
    description:
      "When nothing of it is left here, at the latest: at midnight after its day, and an hour after support was confirmed. A signal that nobody has seen by then is due again.",
  })
  erasesAt!: Date;

  @Field(() => Boolean, { description: "Whether it was sent to practise with, and is about a made-up pupil." })
  practice!: boolean;
}

const connectionType = pagingTypes(school);

export const SignalConnection = connectionType("Signal", Signal, school);

export enum SignalEventKind {
  RAISED = "RAISED",
  CHANGED = "CHANGED",
  ERASED = "ERASED",
}
registerEnumType(SignalEventKind, {
  name: "SignalEventKind",
  description: "What happened to a signal.",
  valuesConfig: {
    RAISED: { description: "It is new in the inbox, or has to be looked at again." },
    CHANGED: { description: "It was seen, handed over, supported, returned or withdrawn, or is due on another day." },
    ERASED: { description: "Its time has come: the pupil is no longer shown." },
  },
});

@ObjectType({ description: "Something that happened in an inbox." })
@Allow(school, readSignals)
export class SignalEvent {
  @Field(() => String, { description: "Give the last one that you have as `after` when you subscribe again." })
  cursor!: string;

  @Field(() => SignalEventKind)
  kind!: SignalEventKind;

  @Field(() => Signal, { description: "The signal as it is now, which may be later than the event." })
  signal!: Signal;
}
