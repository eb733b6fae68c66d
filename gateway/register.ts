import { parseArgs } from "node:util";
import { Config, ConfigError } from "../plumbing/config.ts";
import { registerDocuments } from "./register-documents.ts";
import { readDocumentLimits } from "./settings.ts";

/*
 * npm run gateway:register -- [--contract NAME]… FILE…
 * Registers documents in the file of the setting TRUSTED_DOCUMENTS.
 */
try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { contract: { type: "string", multiple: true } },
  });
  const config = new Config();
  const files = {
    supergraph: config.text("SUPERGRAPH"),
    contracts: config.optional("CONTRACTS"),
    documents: config.text("TRUSTED_DOCUMENTS"),
    limits: readDocumentLimits(config),
  };
  for (const { file, hash, contracts } of await registerDocuments(files, positionals, values.contract)) {
    process.stdout.write(`${hash}  ${file}  (${contracts.join(", ")})\n`);
  }
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
