import { Config } from "../plumbing/config.ts";
import { measureImports } from "./import-measure.ts";

/* `npm run bench -- import [PUPILS]`, with REGISTRY_DATABASE_URL set to the school registry. */

const pupils = Number(process.argv[2] ?? 100_000);
if (!Number.isInteger(pupils) || pupils < 10) throw new RangeError("PUPILS must be a whole number from 10");
await measureImports(new Config().url("REGISTRY_DATABASE_URL"), pupils, console.log);
