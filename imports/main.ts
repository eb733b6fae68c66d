import { Config } from "../plumbing/config.ts";
import { dutchDay } from "../plumbing/dutch-time.ts";
import { runImportCommand } from "./command.ts";

process.exitCode = await runImportCommand(process.argv.slice(2), {
  config: new Config(),
  output: process.stdout,
  errors: process.stderr,
  today: dutchDay(new Date()),
});
