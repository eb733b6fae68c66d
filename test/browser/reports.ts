import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { withClient } from "../../system/databases.ts";
import { root } from "../../system/root.ts";
import type { Json } from "../subgraph.ts";
import { until } from "../until.ts";
import type { WaySystem } from "../way/way-system.ts";

/** What the agency's system sends. */
export const report = "mutation ($input: ReportIncidentInput!) { reportIncident(input: $input) { __typename } }";

/** An agency's system that reports incidents about children of the demo files. */
export class Reports {
  readonly #way: WaySystem;
  readonly #roll: Iterator<string>;
  readonly cast: Json;

  private constructor(way: WaySystem, roll: readonly string[], cast: Json) {
    this.#way = way;
    this.#roll = roll.values();
    this.cast = cast;
  }

  static async of(way: WaySystem): Promise<Reports> {
    const [roll, cast] = await Promise.all(
      ["edexml/99AA00.xml", "cast.json"].map((name) => readFile(join(root, "demo", name), "utf8")),
    );
    const bsns = [...(roll ?? "").matchAll(/<bsn>(\d{9})<\/bsn>/g)].map(([, bsn = ""]) => bsn);
    return new Reports(way, bsns, JSON.parse(cast ?? ""));
  }

  /** About a pupil of De Wilgenhoek who has not been reported yet. */
  aboutSomebody(): Promise<void> {
    return this.about({ bsn: this.#roll.next().value });
  }

  async about({ bsn, name, birthDate }: Json): Promise<void> {
    const children = [{ ...(bsn ? { bsn } : {}), ...(name ? { name, birthDate } : {}) }];
    const occurredAt = new Date(Date.now() - 3_600_000).toISOString();
    const input = { idempotencyKey: randomUUID(), occurredAt, category: "OTHER", children };
    const { data } = await this.#way.ask("police-integrator", report, { input });
    if (data?.reportIncident.__typename !== "IncidentReported") throw new Error("The report was not accepted");
  }

  /** About children whom nobody can match: each is a task on the officers' list. */
  async aboutUnknown(count: number): Promise<void> {
    for (let child = 0; child < count; child += 1) {
      await this.about({ name: { givenName: "Sam", familyName: `Onbekend ${child}` }, birthDate: "2016-01-01" });
    }
  }

  /** Has what operators may be told published, which happens each minute, until what has been done so far is in it. */
  async publishFigures(): Promise<void> {
    const statistics = "query ($day: Date!) { statistics(from: $day, to: $day) { supported backlog } }";
    const day = new Date().toISOString().slice(0, 10);
    await withClient(this.#way.databases.get("leerplicht")?.adminUrl ?? "", (leerplicht) =>
      until("the figures", async () => {
        await leerplicht.query("select graphile_worker.add_job('publishFigures', job_key => 'at once')");
        const { data } = await this.#way.ask("operator", statistics, { day });
        return data.statistics.supported !== null && data.statistics.backlog !== null;
      }),
    );
  }

  /** Brings every open message of De Wilgenhoek to its end. @param expected how many there must have been at least */
  async settle(expected = 0): Promise<void> {
    const confirm = "mutation ($id: ID!) { confirmSupport(input: { signalId: $id }) { __typename } }";
    const open = "{ signals(status: [RAISED, SEEN], first: 100) { edges { node { id } } } }";
    let settled = 0;
    await until("the messages", async () => {
      const { data } = await this.#way.ask("school-contact", open);
      for (const { node } of data.signals.edges) await this.#way.ask("school-contact", confirm, { id: node.id });
      settled += data.signals.edges.length;
      return settled >= expected;
    });
  }
}
