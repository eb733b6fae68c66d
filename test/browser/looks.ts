/*
 * Every screen of the dashboard, by the file that it stands in, with each state that somebody is to look at: by suite,
 * as each has the system that brings it about. `looks.test.ts` finds a screen that is missing; a suite, a state.
 */

export const looks = {
  accessibility: {
    "inbox/message-list.tsx": ["empty", "new", "mixed", "handed over", "practice", "teacher", "connection lost"],
    "inbox/open-message.tsx": ["opening", "unread", "new", "seen", "other day", "covers soon", "practice", "teacher"],
    "inbox/hand-over-form.tsx": ["asked"],
    "inbox/return-form.tsx": ["asked"],
    "inbox/notifications.tsx": ["granted", "refused"],
    "availability/availability-view.tsx": ["empty", "refused", "with entries"],
    "wall/wall.tsx": ["no figures", "figures", "stale", "unreachable"],
    "start/start-screen.tsx": ["starting", "unreachable", "refused"],
    "start/ended-screen.tsx": ["ended"],
    "start/no-screen.tsx": ["shown"],
  },
  "accessibility-officers": {
    "work-list/work-list-screen.tsx": [
      "empty",
      "tasks",
      "claimed by a colleague",
      "lapsed",
      "soon and late",
      "contact gaps",
    ],
    "work-list/task-view.tsx": ["to choose", "own claim", "claimed by a colleague", "returned", "refused"],
    "work-list/ended-view.tsx": ["empty", "unread", "tasks"],
    "work-list/route-form.tsx": ["no candidates", "disabled candidate"],
    "elements/reason-form.tsx": ["asked"],
  },
  "accessibility-circles": {
    "circles/circles-view.tsx": ["empty", "circle"],
    "talks/talk-list.tsx": ["called", "planned"],
    "talks/propose-form.tsx": ["asked"],
    "talks/record-form.tsx": ["asked"],
    "pupil-absences/absences-view.tsx": ["empty", "reported", "refused", "talk"],
    "pupil-absences/absence-form.tsx": ["asked"],
    "guidance/guidance-screen.tsx": ["empty", "families"],
    "guidance/start-form.tsx": ["asked"],
    "guidance/family-view.tsx": [
      "no consent",
      "school looked for",
      "circle",
      "one more consent",
      "two consents",
      "withdraw question",
      "code",
      "ending",
    ],
    "guidance/supporter-form.tsx": ["asked", "refused", "changed"],
    "guidance/violence-form.tsx": ["asked"],
    "parent/parent-screen.tsx": ["code", "view", "withdraw question", "withdrawn", "view over"],
    "release-desk/release-screen.tsx": ["empty", "tasks"],
    "release-desk/release-view.tsx": ["task", "stop"],
  },
} as const satisfies Record<string, Record<string, readonly string[]>>;

export type Suite = keyof typeof looks;

/** A state of a screen, for example `wall/wall.tsx: stale`. */
export type Look<Of extends Suite> = {
  [File in keyof (typeof looks)[Of]]: (typeof looks)[Of][File] extends readonly (infer State extends string)[]
    ? `${File & string}: ${State}`
    : never;
}[keyof (typeof looks)[Of]];

export function looksOf<Of extends Suite>(suite: Of): Look<Of>[] {
  return Object.entries(looks[suite]).flatMap(([file, states]) =>
    states.map((state: string) => `${file}: ${state}` as Look<Of>),
  );
}
