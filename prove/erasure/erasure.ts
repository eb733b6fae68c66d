import { setTimeout as pause } from "node:timers/promises";
import type { Harness } from "../harness.ts";
import { Random } from "../random.ts";
import { type ErasableChild, ErasableChildren, openRegistries } from "./children.ts";
import { circleEndings } from "./circle-endings.ts";
import { endings, morning, type Stage } from "./endings.ts";
import { type Leftover, leftovers } from "./leftovers.ts";
import { type Finding, type PlacedText, Search } from "./search.ts";
import { type ErasableSystem, startErasableSystem } from "./system.ts";

/** A Monday in term, so that most signals appear at once. */
const start = new Date("2027-03-01T08:30:00Z");

const sites = ["97AA00", "97AB00", "97AC00"];

const allEndings = { ...endings, ...circleEndings };

/** Past the time of whatever has ended: guidance goes after four weeks, a signal that was seen four days after it could be returned. */
const afterwards = 42 * 24 * 3_600_000;

export const erasure: Harness = {
  proves:
    "nothing that names a child is readable at rest, and after its time nothing of it is left, with or without the keys",
  async run(settings) {
    const rounds = settings.amount("rounds", { small: 1, long: 6 });
    const random = new Random(settings.seed);
    await using system = await startErasableSystem(start);
    await openRegistries(system.databases.school, system.databases.leerplicht, sites);
    const children = new ErasableChildren(random);
    const failures: string[] = [];
    const endingOf = new Map<ErasableChild, string>();
    let underWay = 0;
    let ending = "";
    const searchFor = (all: readonly ErasableChild[]) => searchOf(system, all);
    const stage: Stage = {
      system,
      children,
      random,
      sites,
      async underWay(child) {
        underWay += 1;
        // PostgreSQL does so by itself, at times of its own.
        await system.gatherStatistics();
        const search = searchFor(children.all);
        for (const { place, by } of search.findIn(await system.texts())) {
          // By a digest or a key the same child is recognised for as long as the signal, or the guidance, is there.
          if (by !== "recogniser") failures.push(`${ending}, under way: ${place} holds a ${by} in plain`);
        }
        // Whoever has the keys finds it: the search looks at something.
        const opened = search.findIn(await system.opened());
        if (!opened.some((found) => found.child === child))
          failures.push(`${ending}, under way: nothing is kept of it`);
      },
    };
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, live] of random.shuffle(Object.entries(allEndings))) {
        await morning(stage);
        ending = name;
        const before = children.all.length;
        await live(stage);
        for (const child of children.all.slice(before)) endingOf.set(child, name);
      }
    }
    await system.passTo(new Date(system.clock.now().getTime() + afterwards));
    for (const jobs of system.parts.jobs.values()) await jobs.doEveryMinuteTasks();
    await system.settle();

    const texts = await system.texts();
    const opened = await system.opened();
    failures.push(...searchFor(children.all).findIn(texts).map(say), ...opened.map(({ place }) => `left: ${place}`));
    failures.push(...placesOfCiphertext(system, texts).map((place) => `left: ${place} holds an encrypted text`));
    const controls = await plantAll(system, children.make(), searchFor);
    return {
      figures: {
        "ways of ending": Object.keys(allEndings).length,
        children: endingOf.size,
        "looks while under way": underWay,
        "texts searched at the end": texts.length,
        mails: texts.filter(({ place }) => place === "a mail").length,
        "lines of logs and traces": texts.filter(({ place }) => place === "a log" || place === "a trace").length,
        "encrypted texts left": opened.length,
      },
      failures,
      controls,
    };

    function say({ place, by, child }: Finding): string {
      return `${endingOf.get(child) ?? "nobody"}, after its time: ${place} holds a ${by}`;
    }
  },
};

/** Where something stands that a key has encrypted, but for the proof of the key itself. */
function placesOfCiphertext(system: ErasableSystem, texts: readonly PlacedText[]): string[] {
  const [key] = system.parts.identities("school").keyNames;
  const held = texts.filter(({ place, text }) => text.includes(`${key}.`) && !place.endsWith("care.identity_key"));
  return held.map(({ place }) => place);
}

function searchOf(system: ErasableSystem, children: readonly ErasableChild[]): Search {
  const school = system.parts.identities("school");
  return new Search(children, ({ numbers, clientKeys }) => [
    ...numbers.map((number) => school.digest("pupil", number)),
    ...clientKeys,
  ]);
}

/** Plants each leftover and looks whether it is found. */
async function plantAll(
  system: ErasableSystem,
  child: ErasableChild,
  searchFor: (all: readonly ErasableChild[]) => Search,
): Promise<{ planted: string; found: boolean }[]> {
  child.numbers.push("998877665544");
  child.clientKeys.push(crypto.randomUUID());
  for (const leftover of leftovers) await leftover.plant(system, child);
  const search = searchFor([child]);
  const missing = async (): Promise<Leftover[]> => {
    const texts = [...(await system.texts()), ...(await system.opened())];
    return leftovers.filter(({ place, by }) => !foundAt(texts, place, by));
  };
  const foundAt = (texts: Awaited<ReturnType<ErasableSystem["texts"]>>, place: RegExp, by: string): boolean =>
    texts.some((text) => place.test(text.place) && search.findIn([text]).some((found) => found.by === by));
  // PostgreSQL's log is written by another process.
  let missed = await missing();
  for (let waits = 0; missed.length > 0 && waits < 20; waits += 1) {
    await pause(100);
    missed = await missing();
  }
  return leftovers.map((leftover) => ({ planted: leftover.planted, found: !missed.includes(leftover) }));
}
