import { measureImports } from "./import-measure.ts";
import { withSystem } from "./own-system.ts";

/* npm run bench -- import [PUPILS]: how fast an EDEXML file of PUPILS (100,000) goes in, and with how much memory. */

const pupils = Number(process.argv[2] ?? 100_000);
if (!Number.isInteger(pupils) || pupils < 10) throw new RangeError("PUPILS must be a whole number from 10");
await withSystem(({ databases }) => measureImports(databases["school"]?.registryUrl ?? "", pupils, console.log));
