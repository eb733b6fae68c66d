import type { Change } from "../inbox/inbox.ts";
import type { ReturnReason, RoutingOutcome, RoutingReason } from "../work-list/work-list.ts";

/** Why something is refused, by the code of the refusal. */
export type Refusals = Readonly<Record<string, string>>;

/** All that the application says. The Dutch is at level B1. */
export interface Texts {
  readonly skip: string;
  readonly otherLanguage: string;
  readonly signOut: string;
  readonly signIn: string;
  readonly signInAgain: string;
  readonly starting: string;
  readonly tryAgain: string;
  readonly noSignIn: string;
  readonly signInRefused: string;
  readonly ended: { readonly title: string; readonly lead: string };
  readonly noScreen: { readonly title: string; readonly lead: string; readonly explorer: string };
  readonly connection: { live(): string; lost(since: string): string; waiting: string };
  readonly failure: {
    readonly closed: string;
    readonly notFound: string;
    /** Whom a message is handed over to has left the school. */
    readonly staffGone: string;
    /** There was no answer: it may have been done. */
    readonly unreachable: string;
    readonly unread: string;
    readonly other: string;
  };
  readonly cancel: string;
  readonly chooseReason: string;
  /** How a list is worked by keyboard. */
  readonly keys: string;
  /** There are more than a list shows. */
  readonly more: string;
  readonly child: { readonly unknown: string; readonly born: string; readonly bsn: string };
  readonly timeLeft: { left(duration: string): string; late(duration: string): string };

  readonly inbox: {
    readonly title: string;
    readonly lead: string;
    readonly empty: string;
    readonly emptyLead: string;
    readonly newMessage: string;
    readonly message: string;
    readonly newSection: string;
    readonly openSection: string;
    readonly doneSection: string;
    since(moment: string): string;
    readonly practice: string;
    readonly practise: string;
    practiseAt(school: string): string;
    /** The way to the support circles. */
    readonly circles: string;
    readonly seen: string;
    readonly handedOver: string;
    readonly supported: string;
    /** What others did to a message that is open. */
    readonly changes: Readonly<Record<Change, string>>;
    readonly withdrawn: string;
    readonly notify: string;
    readonly notified: string;
    readonly notifyNoMore: string;
    readonly notifyRefused: string;
  };
  readonly message: {
    readonly back: string;
    readonly loading: string;
    readonly supportOn: string;
    readonly erasesAt: string;
    readonly handedTo: string;
    readonly gestures: string;
    readonly gestureList: readonly { readonly title: string; readonly text: string }[];
    readonly doNotAsk: string;
    readonly actions: string;
    readonly acknowledge: string;
    readonly acknowledged: string;
    readonly handOver: string;
    readonly practice: string;
    readonly handOverTo: string;
    readonly ownTeachers: string;
    readonly otherStaff: string;
    readonly choose: string;
    readonly confirmHandOver: string;
    handedOver(name: string): string;
    readonly confirmSupport: string;
    readonly supportConfirmed: string;
    readonly notOurs: string;
    readonly notOursTitle: string;
    readonly notOursLead: string;
    readonly notOurPupil: string;
    readonly leftSchool: string;
    readonly confirmReturn: string;
    readonly returned: string;
    readonly coversItself: string;
    coversSoon(seconds: number): string;
    readonly showLonger: string;
    readonly covered: string;
  };

  readonly availability: {
    readonly open: string;
    readonly title: string;
    readonly lead: string;
    readonly firstDay: string;
    readonly lastDay: string;
    readonly changed: string;
  };
  readonly absences: {
    readonly title: string;
    readonly lead: string;
    readonly none: string;
    readonly cancel: string;
    cancelOf(name: string): string;
    readonly cancelled: string;
    readonly who: string;
    readonly record: string;
    readonly recorded: string;
    readonly refusals: Refusals;
  };
  readonly contactHours: {
    readonly title: string;
    readonly always: string;
    now(opens: string, closes: string): string;
    readonly opens: string;
    readonly closes: string;
    readonly hint: string;
    readonly record: string;
    readonly recorded: string;
    readonly refusals: Refusals;
  };
  readonly ownDays: {
    readonly title: string;
    readonly lead: string;
    readonly none: string;
    readonly kind: string;
    readonly free: string;
    readonly open: string;
    readonly record: string;
    readonly recorded: string;
    readonly remove: string;
    removeOf(days: string): string;
    readonly removed: string;
    readonly refusals: Refusals;
  };

  readonly workList: {
    readonly gaps: string;
    readonly gapElsewhere: string;
    readonly title: string;
    readonly lead: string;
    readonly empty: string;
    readonly emptyLead: string;
    readonly reasons: Readonly<Record<RoutingReason, string>>;
    readonly whatToDo: Readonly<Record<RoutingReason, string>>;
    readonly due: string;
    readonly schoolToCall: string;
    readonly schoolNamed: string;
    readonly unclaimed: string;
    readonly claim: string;
    readonly claimLonger: string;
    readonly release: string;
    oursUntil(time: string): string;
    oursLead(time: string): string;
    takenUntil(time: string): string;
    takenLead(time: string): string;
    readonly taken: string;
    readonly candidates: string;
    readonly noCandidates: string;
    readonly candidateReasons: Readonly<Record<string, string>>;
    readonly doesNotParticipate: string;
    readonly otherSchool: string;
    readonly otherSchoolHint: string;
    readonly route: string;
    readonly routed: string;
    readonly close: string;
    readonly closeTitle: string;
    readonly outcomes: Readonly<Record<string, string>>;
    readonly confirmClose: string;
    readonly closed: string;
    readonly closedByOther: string;
    /** Where it is known how. */
    closedAs(ending: string): string;
    /** How a task ended, which an officer did not choose alone. */
    readonly endings: Readonly<Record<RoutingOutcome, string>>;
    /** The way to calling for a talk about absence from school. */
    readonly absences: string;
    /** The list of those that ended. */
    readonly ended: string;
    readonly endedNone: string;
    /** In the place of a child's name. */
    readonly forgotten: string;
    readonly returned: string;
    readonly returnReasons: Readonly<Record<ReturnReason, string>>;
    readonly schoolUnknown: string;
    readonly schoolNotNamed: string;
    readonly schoolNotParticipating: string;
    readonly candidateGone: string;
    readonly back: string;
  };

  readonly release: {
    readonly title: string;
    readonly lead: string;
    readonly empty: string;
    readonly emptyLead: string;
    readonly actBy: string;
    readonly explanation: string;
    readonly release: string;
    readonly released: string;
    readonly stop: string;
    readonly stopTitle: string;
    readonly reasons: Readonly<Record<string, string>>;
    readonly confirmStop: string;
    readonly stopped: string;
    readonly closedByOther: string;
    readonly back: string;
  };

  readonly wall: {
    title(month: string): string;
    readonly inTime: string;
    readonly inTimeNote: string;
    readonly oldest: string;
    readonly oldestNote: string;
    /** Where fewer than five wait, or none. */
    readonly oldestNone: string;
    readonly backlog: string;
    readonly median: string;
    readonly nineInTen: string;
    readonly fewerThanFive: string;
    readonly byFives: string;
    readonly funnel: string;
    readonly raised: string;
    readonly seen: string;
    readonly supported: string;
    readonly byReason: string;
    readonly noReason: string;
    readonly byMunicipality: string;
    readonly municipality: string;
    /** By what stands in the place of a code. */
    readonly municipalityNames: Readonly<Record<string, string>>;
    readonly federation: string;
    readonly gateway: string;
    readonly health: Readonly<Record<"READY" | "NOT_READY" | "UNREACHABLE" | "UNKNOWN", string>>;
    /** What contracts and subgraphs are called, by their names. */
    readonly partyNames: Readonly<Record<string, string>>;
    readonly subgraph: string;
    readonly state: string;
    readonly contract: string;
    readonly asks: string;
    updated(moment: string): string;
    readonly stale: string;
    readonly partsStale: string;
  };
}
