import { withClient } from "../../../system/databases.ts";
import { endure, type Fault, type Scene } from "./fault.ts";

/** What becomes of PostgreSQL. */
export const databaseFaults: readonly Fault[] = [
  {
    async inflict({ world: { cluster } }) {
      await cluster.kill();
      await cluster.start();
      return "kill -9 of PostgreSQL";
    },
  },
  {
    async inflict({ world: { cluster } }) {
      await cluster.promote();
      return "kill -9 of PostgreSQL, and its standby promoted";
    },
  },
  {
    async inflict(scene) {
      const { cluster } = scene.world;
      await cluster.killStandby();
      await endure(scene);
      await cluster.startStandby();
      return "kill -9 of the standby";
    },
  },
];

/** No room is left on the disk that PostgreSQL's files and its log of changes lie on, from which it may well end. */
export const fullDisk: Fault = {
  async inflict(scene) {
    const { cluster } = scene.world;
    await cluster.disk?.fill();
    // A segment of the log of changes has room for a while.
    await withClient(cluster.url, (admin) => admin.query("select pg_switch_wal()")).catch(() => undefined);
    await endure(scene);
    await cluster.disk?.clear();
    return (await cluster.start()) ? "a full disk, of which PostgreSQL ended" : "a full disk";
  },
};

/** PostgreSQL says what it says of a full disk to whatever is written of ours, by triggers: where no disk may be mounted. */
export const saidFullDisk: Fault = {
  async inflict(scene) {
    const part = scene.random.pick(["police", "shelter", "crisis", "leerplicht", "school"]);
    await withTriggers(scene, part);
    return `a full disk under ${part}, said by triggers`;
  },
};

async function withTriggers(scene: Scene, part: string): Promise<void> {
  const tables = ["outbox", "event", "processing"];
  const change = (text: string) => withClient(scene.world.databasesOf(part).ownerUrl, (owner) => owner.query(text));
  const forEach = (text: (table: string) => string) => change(tables.map(text).join(";"));
  await change(`create or replace function care.is_full() returns trigger language plpgsql
    as $$ begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$`);
  await forEach(
    (table) => `create or replace trigger a_full_disk before insert or update on care.${table}
      for each row execute function care.is_full()`,
  );
  await endure(scene);
  await forEach((table) => `drop trigger a_full_disk on care.${table}`);
}
