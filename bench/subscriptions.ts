import { join } from "node:path";
import { parseArgs } from "node:util";
import { installPeers, peerFolders } from "./gateway/peer-packages.ts";
import { type Contender, measure } from "./subscriptions/measure.ts";
import { method, type Row, tableOf } from "./subscriptions/table.ts";

/*
 * npm run bench -- subscriptions [--events 50] [--only NAME,…] [CLIENTS…]
 *
 * What an idle subscription weighs, and how soon an event that one subgraph tells and another enriches is with all
 * clients. Gateway, subgraphs and clients are processes of their own. The limit of open files must be above the number
 * of clients (ulimit -n). Hive Gateway is measured beside ours, over WebSocket and over server-sent events, with 2,000
 * clients at most; its packages are installed at the first run. `2000 10000` takes five to ten minutes.
 */

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: { events: { type: "string", default: "50" }, only: { type: "string", default: "" } },
});
const counts = positionals.length > 0 ? positionals.map(Number) : [2_000, 10_000];
const hive = { file: join(peerFolders.subscriptions, "hive-process.mjs"), nodeOptions: [], mostClients: 2_000 };

const contenders: readonly Contender[] = [
  {
    name: "ours, WebSocket",
    file: "gateway-process.js",
    // As its image starts it.
    nodeOptions: ["--max-semi-space-size=16"],
    transport: "websocket",
    mostClients: Number.POSITIVE_INFINITY,
  },
  { ...hive, name: "Hive Gateway, Rust planner, WebSocket", transport: "websocket" },
  { ...hive, name: "Hive Gateway, Rust planner, SSE", transport: "sse" },
];

installPeers(peerFolders.subscriptions);
const wanted = given.only.toLowerCase().split(",");
const chosen = contenders.filter(({ name }) => wanted.some((part) => name.toLowerCase().includes(part)));
for (const count of counts) {
  const rows: Row[] = [];
  for (const contender of chosen) {
    if (count > contender.mostClients) continue;
    rows.push({ name: contender.name, ...(await measure(contender, count, Number(given.events))) });
  }
  console.log(`${tableOf(count, rows)}\n`);
}
console.log(method);
