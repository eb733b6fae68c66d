import { access } from "./access/access.ts";
import { fuzz } from "./fuzz/fuzz.ts";
import type { Harness } from "./harness.ts";

/** The harnesses by their names on the command line. */
export const harnesses: ReadonlyMap<string, Harness> = new Map(Object.entries({ access, fuzz }));
