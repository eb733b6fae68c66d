import { quantile, startIn, temporaryFolder } from "./own-system.ts";

/* npm run bench -- start [COUNT]: how long a start takes that finds everything set up, COUNT times (10). */

const count = Number(process.argv[2] ?? 10);

await using folder = await temporaryFolder();
const first = await startIn(folder.path);
await first.stop();
const times: number[] = [];
for (let start = 0; start < count; start += 1) {
  const system = await startIn(folder.path);
  await system.stop();
  times.push(system.took);
}
const seconds = (time: number): string => `${(time / 1000).toFixed(2)} s`;
console.log(`first start   ${seconds(first.took)}   (packages installed, sources compiled)`);
console.log(`second start  p50 ${seconds(quantile(times, 0.5))}   max ${seconds(quantile(times, 1))}   over ${count}`);
