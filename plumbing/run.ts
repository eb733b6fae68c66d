import { Config, ConfigError } from "./config.ts";
import { errorFacts } from "./log.ts";

/**
 * Runs one part as this process: reads its settings, starts it, and stops it in good order on
 * SIGTERM or SIGINT. Exit code 2 means that a setting is wrong, 1 that the start failed.
 */
export async function runPart(start: (config: Config) => Promise<AsyncDisposable>): Promise<void> {
  try {
    const part = await start(new Config());
    for (const name of ["SIGTERM", "SIGINT"] as const) {
      process.once(name, () => {
        part[Symbol.asyncDispose]().then(
          () => process.exit(0),
          () => process.exit(1),
        );
      });
    }
  } catch (error) {
    const reason = error instanceof ConfigError ? error.message : JSON.stringify(errorFacts(error));
    process.stderr.write(`The part could not be started: ${reason}\n`);
    process.exit(error instanceof ConfigError ? 2 : 1);
  }
}
