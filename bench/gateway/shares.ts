import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** What Node writes of a process that it has watched. */
interface CpuProfile {
  /** Microseconds of the clock of `process.hrtime`. */
  readonly startTime: number;
  readonly nodes: readonly ProfileNode[];
  /** Ids of nodes, and the microseconds before each. */
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string };
  readonly children?: readonly number[];
}

/** A stretch of time, in microseconds of the clock of `process.hrtime`. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Now, by that clock. */
export function microseconds(): number {
  return Number(process.hrtime.bigint()) / 1_000;
}

/** Who takes the time: the first of these that the address of a function's file fits. */
const owners: readonly (readonly [string, RegExp])[] = [
  ["Node's HTTP, sockets and streams", /^node:(_http|net|internal\/(stream|js_stream|http))/],
  ["Apollo Server", /node_modules\/(@apollo|negotiator|lru-cache)\//],
  ["undici", /node_modules\/undici\/|^wasm:/],
  ["graphql", /node_modules\/graphql\//],
  ["the executor", /\/gateway\/(execution|executor|policy|contracts)\//],
  ["the gateway's calls", /\/gateway\/upstream\//],
  ["the door", /\/(plumbing|gateway)\//],
];

const none = "Node's timers, microtasks and all else";

/** The shares of a process's busy time, by who takes it, in one stretch. @param folder where it wrote its profile. */
export async function readShares(folder: string, { from, to }: Stretch): Promise<ReadonlyMap<string, number>> {
  const files = (await readdir(folder)).filter((name) => name.endsWith(".cpuprofile"));
  const { nodes, samples, timeDeltas, startTime } = JSON.parse(
    await readFile(join(folder, files[0] ?? ""), "utf8"),
  ) as CpuProfile;
  const ownerOf = ownersOf(nodes);
  const times = new Map<string, number>();
  let busy = 0;
  let at = startTime;
  for (const [index, id] of samples.entries()) {
    const took = timeDeltas[index] ?? 0;
    at += took;
    const owner = ownerOf.get(id);
    if (owner === undefined || at < from || at > to) continue;
    busy += took;
    times.set(owner, (times.get(owner) ?? 0) + took);
  }
  return new Map([...times].map(([owner, took]) => [owner, took / busy]));
}

/** The owner of each node's own time: that of the nearest caller with a file. Nobody owns the time in which nothing runs. */
function ownersOf(nodes: readonly ProfileNode[]): ReadonlyMap<number, string> {
  const owned = new Map<number, string>();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const visit = (node: ProfileNode, callers: string): void => {
    const { functionName, url } = node.callFrame;
    const owner = owners.find(([, address]) => address.test(url))?.[0] ?? callers;
    if (functionName === "(garbage collector)") owned.set(node.id, "garbage collection");
    else if (!["(idle)", "(program)"].includes(functionName)) owned.set(node.id, owner);
    for (const child of node.children ?? []) {
      const below = byId.get(child);
      if (below) visit(below, owner);
    }
  };
  const [root] = nodes;
  if (root) visit(root, none);
  return owned;
}
