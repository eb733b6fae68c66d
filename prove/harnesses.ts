import { access } from "./access/access.ts";
import { crowd } from "./crowd/crowd.ts";
import { differential } from "./differential/differential.ts";
import { erasure } from "./erasure/erasure.ts";
import { faults } from "./faults/faults.ts";
import { fuzz } from "./fuzz/fuzz.ts";
import type { Harness } from "./harness.ts";
import { log } from "./log/log.ts";
import { retries } from "./retries/retries.ts";
import { worlds } from "./worlds/worlds.ts";

/** The harnesses by their names on the command line. */
export const harnesses: ReadonlyMap<string, Harness> = new Map(
  Object.entries({ access, fuzz, retries, crowd, faults, worlds, log, erasure, differential }),
);
