import { writeSpans } from "../written-spans.ts";

/* Loaded into each part (`node --import`): what it would trace stands among its lines. */

writeSpans((line) => process.stdout.write(`${line}\n`));
