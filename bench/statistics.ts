import { openDatabase, systemClaims } from "../plumbing/database.ts";
import { leerplichtDatabase } from "../subgraphs/leerplicht/database.ts";
import { readFigures } from "../subgraphs/leerplicht/store/figures.ts";
import { publishFigures } from "../subgraphs/leerplicht/store/publication.ts";
import { withClient } from "../system/databases.ts";
import { quantile, withOwnDatabase } from "./own-system.ts";

/*
 * npm run bench -- statistics [SIGNALS]: how long a year of so many signals (150,000) in 342 municipalities takes to
 * publish, month by month, to look for what is new, and to be answered.
 */

const signals = Number(process.argv[2] ?? 150_000);
const rounds = 20;

await withOwnDatabase(leerplichtDatabase, async (urls) => {
  await withClient(urls.adminUrl, async (admin) => {
    await admin.query(
      `insert into care.submission (id, organisation, sender, sender_organisation, received_at, due_by, progress,
                                    seen_at, ended_at, municipality)
       select gen_random_uuid(), 'office', 'police', 'unit', came, came + interval '1 day', 'SUPPORTED',
              came + random() * interval '30 hours', came + interval '31 hours', (9001 + number % 342)::text
       from generate_series(1, $1::int) as number,
            lateral (select timestamptz '2027-01-01' + random() * number / number * interval '364 days' as came) as moment`,
      [signals],
    );
    await admin.query("analyze");
  });
  await using database = await openDatabase(urls.appUrl, []);
  const time = async (work: () => Promise<unknown>): Promise<number> => {
    const began = performance.now();
    await work();
    return performance.now() - began;
  };
  const publish = (now: Date) => database.transaction(systemClaims, (rows) => publishFigures(rows, now));
  const months = Array.from({ length: 13 }, (_, month) => new Date(Date.UTC(2027, month + 1, 1)));
  const each: number[] = [];
  for (const now of months) each.push(await time(() => publish(now)));
  console.log(`${signals} signals, published by the month: at most ${quantile(each, 1).toFixed(0)} ms`);
  const again: number[] = [];
  for (let round = 0; round < rounds; round += 1) again.push(await time(() => publish(new Date("2028-01-02"))));
  console.log(`nothing new to publish: p50 ${quantile(again, 0.5).toFixed(0)} ms`);
  const range = { first: "2027-01-01", last: "2027-12-01" };
  const read = () => database.transaction(systemClaims, (rows) => readFigures(rows, range));
  const answers: number[] = [];
  for (let round = 0; round < rounds; round += 1) answers.push(await time(read));
  const { total } = await read();
  console.log(
    `a year of ${total.signals} published signals: p50 ${quantile(answers, 0.5).toFixed(0)} ms, max ${quantile(answers, 1).toFixed(0)} ms`,
  );
});
