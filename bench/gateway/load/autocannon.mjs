import { readFileSync } from "node:fs";
import autocannon from "autocannon";

// The same as wrk.lua, for machines without wrk: node autocannon.mjs URL CONNECTIONS SECONDS FILE ACCEPT
const [url, connections, duration, file, accept] = process.argv.slice(2);
const [before, after] = readFileSync(file, "utf8").split("\n");
let count = 0;

const result = await autocannon({
  url,
  connections: Number(connections),
  duration: Number(duration),
  method: "POST",
  headers: { "content-type": "application/json", accept },
  requests: [
    {
      setupRequest(request) {
        count += 1;
        return { ...request, body: before + count + after };
      },
    },
  ],
});
const { requests, latency, non2xx, errors } = result;
const summary = { requests: requests.total, seconds: result.duration, failed: non2xx + errors };
console.log(`RESULT ${JSON.stringify({ ...summary, p50: latency.p50, p99: latency.p99 })}`);
