import gateway from "@mercuriusjs/gateway";
import fastify from "fastify";
import { host, port, subgraphs } from "./arguments.mjs";

// It reads the schemas from the subgraphs themselves, and shares nothing in flight.
const app = fastify();
app.register(gateway, {
  jit: 1,
  gateway: { services: Object.entries(subgraphs).map(([name, url]) => ({ name, url })) },
});
await app.listen({ port, host });
