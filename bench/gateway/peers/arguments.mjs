import { readFileSync } from "node:fs";

/*
 * What every peer is started with: the file of the supergraph, the port, whether identical calls in flight may be
 * shared ("defaults") or not ("unshared"), and the addresses of the subgraphs as JSON.
 */

const [file, portText, mode, addresses] = process.argv.slice(2);

export const supergraphSdl = readFileSync(file, "utf8");
export const port = Number(portText);
export const isUnshared = mode === "unshared";

/** @type {Record<string, string>} */
export const subgraphs = JSON.parse(addresses);

export const host = "127.0.0.1";
