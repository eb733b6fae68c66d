import { withClient } from "../../system/databases.ts";
import type { Control } from "../harness.ts";
import { clientOf, operations, reportOf } from "../world/client.ts";
import { type Attack, attack } from "./attack.ts";
import { Ledger } from "./ledger.ts";
import { receive } from "./receive.ts";
import { untilDone } from "./until-done.ts";

type Calm = Pick<Attack, "world" | "seed" | "pupils" | "duration">;

/** How long a signal may be on its way where nothing is broken, in milliseconds. */
const calmWay = 30_000;

/** An agency that files its receipts under other keys: a report that is sent again takes effect again. */
export async function plantDouble({ world, seed, pupils }: Calm): Promise<Control> {
  const [pupil] = pupils;
  if (pupil === undefined) throw new Error("There is no pupil to report");
  await withClient(world.databasesOf("police").ownerUrl, (owner) =>
    owner.query(`
      create function care.misfile_receipt() returns trigger language plpgsql
        as 'begin new.key_digest := gen_random_uuid(); return new; end';
      create trigger misfile_receipt before insert on care.receipt
        for each row execute function care.misfile_receipt()`),
  );
  const police = await clientOf(world, "police-integrator");
  const contact = await clientOf(world, "sis-vendor", { claims: { scope: "signals:read signals:handle" } });
  const report = reportOf(`faults-${seed}-twice-${Date.now()}`, pupil.bsn);
  const ledger = new Ledger();
  ledger.send(pupil.displayName);
  for (const _ of ["first", "repeated"]) {
    await untilDone(() => police.ask(operations.report, report), AbortSignal.timeout(calmWay));
    const signal = await receive(contact, pupil.displayName, calmWay);
    if (signal !== undefined) ledger.raise(pupil.displayName, signal);
  }
  return { planted: "an agency that misfiles its receipts, and a report sent twice", found: ledger.doubled.length > 0 };
}

/**
 * Parts whose outbox forgets what is to be sent on.
 * @param patience as long as signals came in once nothing was broken any more: what takes that long is not lost.
 */
export async function plantLoss(calm: Calm, patience: number): Promise<Control> {
  const { world } = calm;
  for (const name of ["police", "shelter", "crisis", "leerplicht"]) {
    await withClient(world.databasesOf(name).ownerUrl, (owner) =>
      owner.query(
        "alter table care.outbox disable trigger enqueue_hop; create rule forget as on insert to care.outbox do instead nothing",
      ),
    );
  }
  const ledger = new Ledger();
  await attack({
    ...calm,
    ledger,
    pupils: calm.pupils.slice(0, 3),
    signals: 3,
    faults: 0,
    sorts: [],
    patience,
    settling: 0,
  });
  return { planted: "parts whose outbox forgets", found: ledger.lost.length > 0 };
}
