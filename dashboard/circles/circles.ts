/* What a school's list of support circles holds, without a connection or a screen. */

/** How somebody is reached. */
export interface Reachable {
  readonly name: string;
  readonly telephone: string | null;
  readonly email: string | null;
}

/** That a parent agrees that school and supporter support a pupil together. */
export interface Circle {
  readonly id: string;
  /** RFC 3339 */
  readonly since: string;
  readonly supporter: Reachable;
  /** Null where the school's own system no longer has the pupil. */
  readonly pupil: { readonly displayName: string; readonly group: { readonly name: string } | null } | null;
}

export interface CircleEvent {
  readonly cursor: string;
  readonly kind: string;
  readonly circleId: string;
  /** Null where it is no more. */
  readonly circle: Circle | null;
}

/** The oldest first. */
export type Circles = readonly Circle[];

/** The list once an event has told what a circle is now. */
export function afterEvent(circles: Circles, { circleId, circle }: CircleEvent): Circles {
  const others = circles.filter(({ id }) => id !== circleId);
  if (circle === null) return others;
  return [...others, circle].sort((one, other) => (one.since < other.since ? -1 : 1));
}
