import { describe, expect, test } from "@jest/globals";
import { Client } from "pg";
import { type DatabaseDefinition, plumbingTables } from "../../plumbing/migrations.ts";
import { provisionDatabase, withClient } from "../../system/databases.ts";
import { createTestDatabase } from "../database.ts";

const definition: DatabaseDefinition = {
  name: "example",
  registry: { url: new URL("./stand-in/", import.meta.url), prefix: "example registry" },
  care: [plumbingTables],
  registryPrivileges: "select, insert",
};

describe("a provisioned database", () => {
  test("lets the part read the registry and insert, and nothing more", async () => {
    await using database = await createTestDatabase(definition);
    await withClient(database.appUrl, async (app) => {
      await app.query("insert into registry.thing (name) values ('one')");
      const { rows } = await app.query("select name from registry.thing");
      expect(rows).toEqual([{ name: "one" }]);
      await expect(app.query("update registry.thing set name = 'two'")).rejects.toMatchObject({ code: "42501" });
      await expect(app.query("create table care.mine ()")).rejects.toMatchObject({ code: "42501" });
      await expect(app.query("create table public.mine ()")).rejects.toMatchObject({ code: "42501" });
    });
  });

  test("lets the owner read the registry and hang a trigger on it, and not change a row", async () => {
    await using database = await createTestDatabase(definition);
    await withClient(database.ownerUrl, async (owner) => {
      await owner.query(`
        create function care.nothing() returns trigger language plpgsql as $$ begin return null; end $$;
        create trigger nothing after insert on registry.thing for each row execute function care.nothing();
      `);
      await expect(owner.query("insert into registry.thing (name) values ('x')")).rejects.toMatchObject({
        code: "42501",
      });
    });
  });

  test("hides what we add from the existing system", async () => {
    await using database = await createTestDatabase(definition);
    await withClient(database.registryUrl, async (registry) => {
      await expect(registry.query("select from care.outbox")).rejects.toMatchObject({ code: "42501" });
    });
  });

  test("is the same after it is provisioned again", async () => {
    await using database = await createTestDatabase(definition);
    const cluster = new URL(database.adminUrl);
    cluster.pathname = "/postgres";
    const again = { ...definition, name: "example_again" };
    const passwords = { owner: "a", registry: "b", app: "c" };
    const urls = await provisionDatabase(cluster.href, again, passwords);
    await withClient(urls.registryUrl, (registry) =>
      registry.query("insert into registry.thing (name) values ('kept')"),
    );
    await provisionDatabase(cluster.href, again, passwords);
    await withClient(urls.appUrl, async (app) => {
      expect((await app.query("select name from registry.thing")).rows).toEqual([{ name: "kept" }]);
    });
  });

  test("belongs to one test alone", async () => {
    await using one = await createTestDatabase(definition);
    await using other = await createTestDatabase(definition);
    await withClient(one.appUrl, (app) => app.query("insert into registry.thing (name) values ('one')"));
    await withClient(other.appUrl, async (app) => {
      expect((await app.query("select from registry.thing")).rowCount).toBe(0);
    });
  });

  test("is not given up while a connection is open", async () => {
    const database = await createTestDatabase(definition);
    const left = new Client({ connectionString: database.appUrl });
    left.on("error", () => undefined);
    await left.connect();
    await expect(database[Symbol.asyncDispose]()).rejects.toThrow("example_app");
  });
});
