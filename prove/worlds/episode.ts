import { Temporal } from "temporal-polyfill";
import { dutchZone } from "../../plumbing/dutch-time.ts";
import { calendarOfRegion } from "../../plumbing/school-days/official-holidays.ts";
import { defaultRegion, isSchoolDay } from "../../plumbing/school-days/school-calendar.ts";
import { Random } from "../random.ts";
import { anyCause, type Cause } from "./cause.ts";
import { agree, callTalk, part as partWays, talkOn } from "./circle.ts";
import { gestureAtSchool, guideAsWorker, reportAsAgency } from "./gestures.ts";
import { guideInSecret } from "./guidance.ts";
import { atDesk } from "./happening.ts";
import { anyFile } from "./imports.ts";
import { contactOf } from "./lookers.ts";
import { anyLook } from "./operations.ts";
import type { Pair } from "./pair.ts";
import { observedChildren, siteOf, sites, strangers } from "./region.ts";
import { learn, type Seen, seenNothing } from "./seen.ts";
import { isAtLooking } from "./shelters.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The Mondays of weeks with school, at midnight in the Netherlands: a year and a half of them. */
const mondays = Array.from({ length: 76 }, (_, week) => Temporal.PlainDate.from("2027-01-04").add({ weeks: week }))
  .filter((monday) =>
    [0, 1, 2, 3, 4].every((days) => isSchoolDay(monday.add({ days }), calendarOfRegion(defaultRegion))),
  )
  .map((monday) => monday.toZonedDateTime(dutchZone).epochMilliseconds);

/** How many pairs of worlds can be lived through one after the other: then the clock has to be put back. */
export const weeks = mondays.length;

/** A Monday at nine. */
export const firstMoment = (mondays[0] ?? 0) + 9 * hour;

/** How many questions are asked at once. */
const atOnce = 6;

/** Whose reports are hidden: at the other schools, and not with the shelter that looks on. */
const hidden = strangers.filter((number) => !isAtLooking(number));

/**
 * Three days at the observed schools, the same in both worlds to whoever looks on: signals by day, signals that come at
 * night and appear in the morning, gestures of those who work there, a support circle with its talks until the parent
 * withdraws, files that are imported, and an agency and a shelter that have children of their own. What it all comes from is each world's own.
 * @param week which of the weeks it is: time does not go back
 * @param looks how many questions are asked after each thing that happens
 */
export async function liveThrough(pair: Pair, seed: number, week: number, looks: number): Promise<void> {
  const random = new Random(seed);
  const start = (mondays[week % weeks] ?? 0) + random.below(2) * day;
  const seen = seenNothing();
  const children = random.shuffle(observedChildren);
  const inCircle = [0, 1].map((site) => takeAt(children, site));
  const secret = random.shuffle(children).slice(0, 8);
  const cause = (): Cause => anyCause(random, hidden);
  const lookAround = () => lookAt(pair, random, seen, looks);

  await pair.begin(start + 8 * hour);
  const [dice, otherDice] = [random.below(2 ** 31), random.below(2 ** 31)];
  await pair.both((world) => guideInSecret(world, new Random(world.side === "A" ? dice : otherDice), secret));
  await reportAsAgency(pair, random, seen);
  await guideAsWorker(pair, random, seen);
  await agree(pair, random, inCircle);

  let now = start + 9 * hour;
  for (let turn = 0; turn < 2 + random.below(3); turn += 1) {
    now += (25 + random.below(60)) * minute;
    await pair.hangUp();
    await pair.passUntil(now - atDesk - minute);
    await pair.listen();
    const some = random.shuffle([...sites.keys()]).slice(0, 1 + random.below(4));
    const happenings = some.map((site) => ({ child: takeAt(children, site), causes: { A: cause(), B: cause() } }));
    await pair.happen(happenings, now);
    now = pair.now;
    await callTalk(pair, random, inCircle[turn], hidden);
    await pair.hear();
    await lookAround();
    now += (1 + random.below(4)) * minute;
    await pair.passUntil(now);
    await gestureAtSchool(pair, random, seen);
    await talkOn(pair, random, seen);
    if (random.chance(0.3)) await reportAsAgency(pair, random, seen);
    await pair.bringIn(anyFile(random));
    await pair.hear();
    await lookAround();
  }
  if (random.chance(0.3)) await withoutOffice(pair, lookAround);

  // In the night the hour of the report is each world's own, and which of them came first.
  const held = [0, 0, 1, 2].map((site) => takeAt(children, site));
  const dusk = start + 19 * hour;
  await pair.hangUp();
  await partWays(pair, inCircle);
  const hours = (): number[] => held.map(() => dusk + random.below(10 * 60) * minute);
  await pair.happenApart({ A: zip(held, hours(), cause), B: zip(held, hours(), cause) });
  await pair.passUntil(start + day + 8 * hour);
  await pair.listen();
  await pair.hear();
  await lookAround();
  await gestureAtSchool(pair, random, seen);
  await talkOn(pair, random, seen);
  await pair.hear();

  // The day is over: what was seen goes, and what was not is due again.
  await pair.hangUp();
  await pair.passUntil(start + 2 * day + 9 * hour);
  await pair.listen();
  await pair.hear();
  await lookAround();
  const first = contactOf(0);
  await pair.converse(first, [{ id: "1", type: "subscribe", payload: { query: "{ nothing }" } }], (frame) =>
    frame.includes('"error"'),
  );
  await pair.converse("expired", [], () => false);
  await pair.converse(first, [{ type: "subscribe" }], () => false);
}

/** Takes a child of one of the observed schools out of those of whom nothing has happened yet. */
function takeAt(children: number[], site: number): number {
  const place = children.findIndex((number) => siteOf(number) === site);
  const [child] = children.splice(place, 1);
  if (place === -1 || child === undefined) throw new Error("The school has no more children");
  return child;
}

function zip(children: readonly number[], moments: readonly number[], cause: () => Cause) {
  return children
    .map((child, place) => ({ child, at: moments[place] ?? 0, cause: cause() }))
    .sort((one, other) => one.at - other.at);
}

async function lookAt(pair: Pair, random: Random, seen: Seen, looks: number): Promise<void> {
  await learn(pair, seen);
  const all = Array.from({ length: looks }, () => anyLook(random, seen));
  let place = 0;
  const work = async (): Promise<void> => {
    for (let look = all[place++]; look !== undefined; look = all[place++]) await pair.look(look);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

/** Looks around while the office for compulsory education does not answer in either world. */
async function withoutOffice(pair: Pair, lookAround: () => Promise<void>): Promise<void> {
  for (const { down } of pair.worlds) down.add("leerplicht");
  await lookAround();
  for (const { down } of pair.worlds) down.delete("leerplicht");
  await pair.untilReached();
}
