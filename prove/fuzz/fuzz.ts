import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { trace } from "@opentelemetry/api";
import { buildSchema, type GraphQLSchema, parse } from "graphql";
import { claimsHeader, createClaimsSigner } from "../../plumbing/claims.ts";
import { systemClock } from "../../plumbing/clock.ts";
import { parts } from "../../system/parts.ts";
import { personas } from "../../system/personas.ts";
import { root } from "../../system/root.ts";
import { recordingSchema } from "../access/recording-subgraph.ts";
import type { Harness } from "../harness.ts";
import { Random } from "../random.ts";
import { startWorld, type World } from "../world/world.ts";
import { writeSpans } from "../written-spans.ts";
import { Canaries } from "./canaries.ts";
import { startCarelessServer } from "./careless-server.ts";
import { type Check, checks } from "./checks.ts";
import { guess } from "./guessing.ts";
import { knownAttacks } from "./known-attacks.ts";
import { type Judge, Spoiler } from "./malformed.ts";
import { ask, type Target } from "./target.ts";

export const fuzz: Harness = {
  proves: "hostile input over HTTP and WebSocket brings down nothing, opens nothing, and comes back nowhere",
  async run(settings) {
    const random = new Random(settings.seed);
    const amounts = {
      guesses: settings.amount("guesses", { small: 40, long: 1_000_000 }),
      bodies: settings.amount("bodies", { small: 300, long: 30_000 }),
      sockets: settings.amount("sockets", { small: 80, long: 5_000 }),
    };
    const canaries = new Canaries(random);
    const lines = new Lines(canaries);
    const supergraph = parse(await readFile(join(root, "schema/supergraph.graphql"), "utf8"));
    const whole = recordingSchema(supergraph, []);
    const spanWriter = pathToFileURL(join(root, "dist/prove/fuzz/span-writer.js")).href;

    await using careless = await startCarelessServer(whole);
    await using world = await startWorld({
      onLine: (line, part) => lines.read(line, part),
      environment: (part) => (part === "gateway" ? { TRACES: "on" } : {}),
      nodeOptions: ["--import", spanWriter],
    });
    const targets = [...(await gatewayTargets(world)), ...(await subgraphTargets(world))];
    const failures: string[] = [];

    const missed: string[] = [];
    for (const check of [...checks, ...knownAttacks]) {
      for (const target of targets.filter((one) => withstands(one, check))) {
        const finding = await find(check, target);
        if (finding !== undefined) failures.push(`${check.name} at the ${target.name}: ${finding}`);
      }
      if ((await find(check, careless.target)) === undefined) missed.push(check.name);
    }

    let guesses = 0;
    for (const target of targets.filter(({ name }) => name.startsWith("gateway"))) {
      const guessed = await guess(target, target.schema, whole, amounts.guesses, random);
      guesses += guessed.tried;
      failures.push(...guessed.findings);
    }
    const guessedThere = await guess(careless.target, await readSchema("contracts/police"), whole, 200, random);

    const spoiler = new Spoiler(random, canaries);
    const judging = (found: string[], target: Target): Judge => judgeBy(canaries, found, target);
    for (let body = 0; body < amounts.bodies; body += 1) {
      const target = random.pick(targets);
      await spoiler.overHttp(target, judging(failures, target));
    }
    for (let socket = 0; socket < amounts.sockets; socket += 1) {
      const target = random.pick(targets);
      await spoiler.overSocket(target, judging(failures, target));
    }
    const spoiltThere: string[] = [];
    for (let body = 0; body < 50; body += 1) {
      await spoiler.overHttp(careless.target, judging(spoiltThere, careless.target));
    }

    for (const target of targets) {
      const { status, text } = await ask(target, { query: "{ __typename }" });
      if (status !== 200 || !text.includes("__typename")) failures.push(`${target.name} no longer answers: ${status}`);
    }
    for (const { part, crashes } of world.processes)
      failures.push(...crashes.map((line) => `${part} ended by itself: ${line}`));
    failures.push(...lines.failures);
    if (lines.spans === 0) failures.push("nothing was traced, so no trace was searched");
    const planted = new Lines(canaries);
    planted.read(JSON.stringify({ level: 30, msg: `reported ${canaries.bsn()}` }), "a part");
    return {
      figures: {
        "checks and known attacks": checks.length + knownAttacks.length,
        "hidden names tried": guesses,
        "spoilt bodies": amounts.bodies,
        "spoilt sockets": amounts.sockets,
        "lines of logs and traces searched": lines.count,
        "spans among them": lines.spans,
        findings: failures.length,
      },
      failures,
      controls: [
        {
          planted: `a careless server, at which each check and each known attack finds something${missed.length > 0 ? `; missed by ${missed.join(", ")}` : ""}`,
          found: missed.length === 0,
        },
        { planted: "a server that suggests names", found: guessedThere.findings.length > 0 },
        {
          planted: "a server that repeats what it was sent",
          found: spoiltThere.some((text) => text.includes("came back")),
        },
        { planted: "a server that answers 500", found: spoiltThere.some((text) => text.includes("answered 500")) },
        { planted: "a line of a log that holds a BSN", found: planted.failures.length > 0 },
        { planted: "an error in a trace whose text holds a BSN", found: isFoundInTrace(canaries) },
      ],
    };
  },
};

/** Whether a target is attacked by a check: two parties stand for all that come through the gateway. */
function withstands({ name }: Target, { isOfClients }: Check): boolean {
  return name.startsWith("gateway") ? /police|school/.test(name) : isOfClients !== true;
}

async function find(check: Check, target: Target): Promise<string | undefined> {
  return check.find(target).catch((error: unknown) => `could not be tried: ${error}`);
}

function judgeBy(canaries: Canaries, failures: string[], { name }: Target): Judge {
  return (what, { status = 200, text }) => {
    const found = canaries.foundIn(text);
    if (found !== undefined) failures.push(`${found} came back from the ${name} for ${what}`);
    if (status >= 500 || status === 0)
      failures.push(`the ${name} answered ${status} (${text.slice(0, 100)}) to ${what}`);
    else if (text.includes("INTERNAL_SERVER_ERROR")) failures.push(`the ${name} failed at ${what}`);
  };
}

/** What the parts write, searched line by line. */
class Lines {
  readonly failures: string[] = [];
  count = 0;
  spans = 0;
  readonly #canaries: Canaries;

  constructor(canaries: Canaries) {
    this.#canaries = canaries;
  }

  read(line: string, part: string): void {
    this.count += 1;
    if (line.startsWith('{"span":')) this.spans += 1;
    const found = this.#canaries.foundIn(line);
    if (found !== undefined) this.failures.push(`${found} stands in what ${part} writes`);
    // What a client can do to make us log an error, it can do to fill a disk.
    if (/"level":(50|60)/.test(line) || !line.startsWith("{"))
      this.failures.push(`${part} writes ${line.slice(0, 400)}`);
  }
}

/** Whether a canary would be found that a part says to an SDK. */
function isFoundInTrace(canaries: Canaries): boolean {
  const lines = new Lines(canaries);
  writeSpans((line) => lines.read(line, "a part"));
  const span = trace.getTracer("planted").startSpan("planted");
  span.recordException(new Error(`reported ${canaries.bsn()}`));
  span.end();
  return lines.failures.length > 0;
}

async function gatewayTargets(world: World): Promise<Target[]> {
  const callers = [...personas, { party: "service", organisation: "police", scope: "" }];
  return Promise.all(
    callers
      .filter(({ party }, place) => callers.findIndex((one) => one.party === party) === place)
      .map(async ({ party, organisation, scope, ...more }) => {
        const authorization = `Bearer ${await world.token({ party, organisation, scope, ...more })}`;
        return {
          name: `gateway as ${party}`,
          url: world.urlOf("gateway"),
          headers: { authorization },
          init: { authorization },
          schema: await readSchema(`contracts/${party}`),
        };
      }),
  );
}

/** One of the schemas that are published. */
async function readSchema(name: string): Promise<GraphQLSchema> {
  // A subgraph's has directives that only composition knows.
  return buildSchema(await readFile(join(root, "schema", `${name}.graphql`), "utf8"), { assumeValidSDL: true });
}

/** The subgraphs, as they would be spoken to by one who has the gateway's key. */
async function subgraphTargets(world: World): Promise<Target[]> {
  const signer = await createClaimsSigner(world.secrets.gateway, systemClock);
  return Promise.all(
    parts.map(async ({ name }) => {
      const persona = personas.find(({ party }) => party === name);
      const rights = { sub: "somebody", ...persona };
      const statement = () => signer.sign(rights, name, Date.now() / 1000 + 3_000).then(({ jws }) => jws);
      let jws = await statement();
      const renew = setInterval(async () => {
        jws = await statement();
      }, 30_000);
      renew.unref();
      return {
        name: `subgraph ${name}`,
        url: world.urlOf(name),
        schema: await readSchema(name),
        get headers() {
          return { [claimsHeader]: jws };
        },
        get init() {
          return { claims: jws };
        },
        get extensions() {
          return { claims: jws };
        },
      };
    }),
  );
}
