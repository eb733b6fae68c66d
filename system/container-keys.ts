import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { clientIds } from "./clients.ts";
import { databaseUrls } from "./databases.ts";
import { addKey } from "./identity-key-file.ts";
import { parts } from "./parts.ts";
import { root } from "./root.ts";
import { loadSecrets, publicHalf } from "./secrets.ts";
import { audience, clientOf } from "./settings.ts";

/*
 * The one-shot `keys` of docker-compose.yml: makes all keys and passwords, once, and lays out to each
 * container what it is to know, one folder (a volume) for each, as the files of its NAME_FILE settings. With
 * --new-identity-key PART it also puts a new key before those of that part.
 */

const {
  folder,
  database,
  "new-identity-key": part,
} = parseArgs({
  options: {
    folder: { type: "string", default: "/keys" },
    database: { type: "string", default: "postgres:5432" },
    "new-identity-key": { type: "string" },
  },
}).values;
const names = parts.map(({ name }) => name);
await mkdir(join(folder, "all"), { recursive: true });
// A part's identity keys are in its own folder only, and never laid out anew: that is where a key is added.
const keyFileOf = (part: string) => join(folder, part, "identity-keys");
const secrets = await loadSecrets(join(folder, "all", "secrets.json"), names, clientIds, keyFileOf);
if (part !== undefined) await addKey(keyFileOf(part));

const adminUrl = `postgres://postgres:${secrets.postgres}@${database}/postgres`;
// The image of PostgreSQL reads it as another user, so the volume alone guards it.
await lay("postgres", { password: secrets.postgres }, 0o644);
await lay("migrate", { "admin-url": adminUrl });
await lay("gateway", {
  "private-key": JSON.stringify(secrets.gateway),
  "client-key": JSON.stringify(secrets.clients[audience]),
});
for (const name of names) {
  const roles = secrets.roles[name];
  if (roles === undefined) throw new Error("A part has no passwords");
  await lay(name, {
    "database-url": databaseUrls(adminUrl, name, name, roles).appUrl,
    "gateway-public-key": JSON.stringify(publicHalf(secrets.gateway)),
    "client-key": JSON.stringify(secrets.clients[clientOf(name)]),
    "pseudonym-key": secrets.pseudonyms[name] ?? "",
  });
  await lay("migrate", {
    [`${name}-owner`]: roles.owner,
    [`${name}-registry`]: roles.registry,
    [`${name}-app`]: roles.app,
  });
}
await lay("keycloak", { "realm.json": await realmWithKeys() }, 0o644);

/** The realm file holds no key: each client of it that signs in by itself is given the public half of its own. */
async function realmWithKeys(): Promise<string> {
  const realm = JSON.parse(await readFile(join(root, "keycloak", "realm.json"), "utf8")) as {
    clients: { clientId: string; publicClient: boolean; attributes?: Record<string, string> }[];
  };
  for (const client of realm.clients.filter(({ publicClient }) => !publicClient)) {
    const key = secrets.clients[client.clientId];
    if (key === undefined) throw new Error(`The realm has a client that the system does not know: ${client.clientId}`);
    client.attributes = {
      ...client.attributes,
      "token.endpoint.auth.signing.alg": "ES256",
      "use.jwks.string": "true",
      "jwks.string": JSON.stringify({ keys: [publicHalf(key)] }),
    };
  }
  return JSON.stringify(realm, null, 2);
}

async function lay(owner: string, files: Readonly<Record<string, string>>, mode = 0o600): Promise<void> {
  await mkdir(join(folder, owner), { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, owner, name);
    await writeFile(path, content, { mode });
    await chmod(path, mode);
  }
}
