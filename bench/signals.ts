import { randomUUID } from "node:crypto";
import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { quantile, readRoll, withSystem } from "./own-system.ts";

/*
 * npm run bench -- signals [COUNT]: how soon a contact is told of an accepted report, over COUNT signals (1,000),
 * one after another, in a system of its own. Both times are taken by this one process.
 */

const count = Number(process.argv[2] ?? 1_000);

const report = `mutation ($input: ReportIncidentInput!) { reportIncident(input: $input) { __typename } }`;
const events = "subscription { signalEvents { kind signal { id } } }";
const confirm = `mutation ($id: ID!) { confirmSupport(input: { signalId: $id }) { __typename } }`;

await withSystem(async ({ gateway, tokenOf }) => {
  const contact = await tokenOf("school-contact");
  const police = await tokenOf("police-integrator");
  const children = await readRoll("99AA00");

  const socket = createClient({
    url: gateway.ws,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${contact}` },
  });
  let raised = Promise.withResolvers<{ id: string; at: number }>();
  const stop = socket.subscribe<{ signalEvents: { kind: string; signal: { id: string } } }>(
    { query: events },
    {
      next: ({ data }) => {
        if (data?.signalEvents.kind === "RAISED")
          raised.resolve({ id: data.signalEvents.signal.id, at: performance.now() });
      },
      error: (error) => raised.reject(error),
      complete: () => undefined,
    },
  );

  const ask = async (token: string, query: string, variables: unknown): Promise<void> => {
    const response = await fetch(gateway.http, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { errors } = (await response.json()) as { errors?: unknown };
    if (errors !== undefined) throw new Error(`A request failed: ${JSON.stringify(errors)}`);
  };

  const afterAnswer: number[] = [];
  const afterRequest: number[] = [];
  // The first tenth warms up, and is not counted.
  const warmUp = Math.ceil(count / 10);
  for (let sent = 0; sent < count + warmUp; sent += 1) {
    raised = Promise.withResolvers();
    const input = {
      idempotencyKey: randomUUID(),
      occurredAt: new Date().toISOString(),
      category: "OTHER",
      children: [{ bsn: children[sent % children.length] }],
    };
    const requestedAt = performance.now();
    await ask(police, report, { input });
    const answeredAt = performance.now();
    const { id, at } = await raised.promise;
    if (sent >= warmUp) {
      afterAnswer.push(at - answeredAt);
      afterRequest.push(at - requestedAt);
    }
    // A pupil has one open signal at most: it is closed for the next report about the same pupil to raise another.
    await ask(contact, confirm, { id });
  }
  stop();
  await socket.dispose();

  const row = (name: string, times: number[]): string =>
    `${name.padEnd(36)} p50 ${quantile(times, 0.5).toFixed(1)} ms   p99 ${quantile(times, 0.99).toFixed(1)} ms   max ${quantile(times, 1).toFixed(1)} ms`;
  console.log(`${count} signals`);
  console.log(row("accepted mutation → contact's event", afterAnswer));
  console.log(row("mutation sent → contact's event", afterRequest));
});
