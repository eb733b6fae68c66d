/** Where a signal stands at a school. The order is that of api.md. */
export const signalStatuses = ["RAISED", "SEEN", "SUPPORTED", "RETURNED", "WITHDRAWN", "EXPIRED"] as const;

export type SignalStatus = (typeof signalStatuses)[number];

/** What somebody does with a signal. */
export type Gesture = "acknowledge" | "handOver" | "confirmSupport" | "return" | "withdraw";

/**
 * @returns where the signal stands after the gesture: the same where it has been made before, or
 * "closed" where it comes too late.
 */
export function afterGesture(status: SignalStatus, gesture: Gesture): SignalStatus | "closed" {
  const open = status === "RAISED" || status === "SEEN";
  switch (gesture) {
    case "acknowledge":
      return open ? "SEEN" : status === "SUPPORTED" ? status : "closed";
    case "handOver":
      return open ? "SEEN" : "closed";
    case "confirmSupport":
      return open || status === "SUPPORTED" ? "SUPPORTED" : "closed";
    case "return":
      return open || status === "RETURNED" ? "RETURNED" : "closed";
    case "withdraw":
      return open ? "WITHDRAWN" : status;
    default:
      return gesture satisfies never;
  }
}

/** The one gesture of a teacher to whom a signal was handed over. */
export const teachersGesture: Gesture = "confirmSupport";

/** Whether a signal that stands here still names the pupil. A returned or withdrawn one is sealed at once. */
export function namesPupil(status: SignalStatus): boolean {
  return status === "RAISED" || status === "SEEN" || status === "SUPPORTED";
}

/**
 * What becomes of a signal at its time of erasure. An unseen one is never silently dropped: it is
 * due anew on the next school day. One for practice simply ends.
 */
export function atErasure(status: SignalStatus, practice: boolean): SignalStatus | "due again" {
  switch (status) {
    case "RAISED":
      return practice ? "EXPIRED" : "due again";
    case "SEEN":
      return "EXPIRED";
    default:
      return status;
  }
}
