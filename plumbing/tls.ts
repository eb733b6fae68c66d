import type { SecureContextOptions, TlsOptions } from "node:tls";
import { type Config, ConfigError } from "./config.ts";

/** What a part shows to whom it connects to, and whom it believes. PEM. */
export interface ClientTls {
  readonly cert?: string;
  readonly key?: string;
  /** Signs whom it connects to; the usual authorities where it is left out. */
  readonly ca?: string;
}

/** What a part shows to who connects to it, and who may. */
export type ServerTls = Pick<TlsOptions, "cert" | "key" | "ca" | "requestCert" | "rejectUnauthorized" | "minVersion">;

/** The oldest version that is spoken (NCSC: 1.2 is sufficient, 1.3 good). */
const minVersion: SecureContextOptions["minVersion"] = "TLSv1.2";

/**
 * Reads `TLS_CERTIFICATE` and `TLS_KEY`, with which a part listens and connects, and `TLS_CLIENT_CA`: with it, nobody
 * connects without a certificate that it signed. Each as text, or as a file (`TLS_KEY_FILE`).
 * @returns undefined where TLS is not switched on. @throws ConfigError
 */
export function readServerTls(config: Config): ServerTls | undefined {
  const own = readOwn(config);
  const ca = config.optional("TLS_CLIENT_CA");
  if (own === undefined) {
    // Who forgets the certificate must not let in everybody.
    if (ca !== undefined) throw new ConfigError("With TLS_CLIENT_CA, TLS_CERTIFICATE and TLS_KEY must be set");
    return undefined;
  }
  return { ...own, minVersion, ...(ca === undefined ? {} : { ca, requestCert: true, rejectUnauthorized: true }) };
}

/** Reads what the part connects with: its own certificate, and `TLS_CA`. @throws ConfigError */
export function readClientTls(config: Config): ClientTls | undefined {
  const ca = config.optional("TLS_CA");
  const own = readOwn(config);
  return ca === undefined && own === undefined ? undefined : { ...own, ...(ca === undefined ? {} : { ca }) };
}

function readOwn(config: Config): { cert: string; key: string } | undefined {
  const [cert, key] = [config.optional("TLS_CERTIFICATE"), config.optional("TLS_KEY")];
  if ((cert === undefined) !== (key === undefined))
    throw new ConfigError("TLS_CERTIFICATE and TLS_KEY go together: one of them is missing");
  return cert === undefined || key === undefined ? undefined : { cert, key };
}
