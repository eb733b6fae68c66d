import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { hostname } from "node:os";
import { describe, expect, test } from "@jest/globals";
import { Config, ConfigError, type Environment } from "../../plumbing/config.ts";
import { isMailAddress, type Mailer, openMailer, readMailSettings } from "../../plumbing/mail.ts";
import { startMailServer, startSilentServer } from "../mail-server.ts";

const clock = { now: () => new Date("2026-11-24T08:00:00Z") };
const mail = { to: "ina@example.nl", subject: "Een bericht", text: "Een bericht.\n" };

function mailerFor(SMTP_URL: string, attempt?: { attempt: number; silence: number }, at = clock): Mailer {
  const settings = readMailSettings(new Config({ SMTP_URL, MAIL_FROM: "post@signaal.example.nl" }));
  if (settings === undefined) throw new Error("No settings");
  return openMailer(settings, at, attempt);
}

describe("a mail", () => {
  test("comes to its address, from ours, and names no machine", async () => {
    await using server = await startMailServer();
    expect(await mailerFor(server.url).send(mail)).toEqual({ kind: "sent" });
    const [{ to, raw } = { to: "", raw: "" }] = server.mails;
    expect(to).toBe("ina@example.nl");
    expect(raw).toContain("From: post@signaal.example.nl\r\n");
    expect(raw).toContain("Date: Tue, 24 Nov 2026 08:00:00 +0000\r\n");
    expect(raw).toMatch(/^Message-ID: <[\da-f-]{36}@message\.invalid>\r$/m);
    expect(raw).not.toContain(hostname());
  });

  test("is as long to whomever it goes, however long the address", async () => {
    await using server = await startMailServer();
    const longest = [60, 60, 60].map((length) => "a".repeat(length)).join(".");
    const addresses = [
      "a@b.nl",
      ...[70, 71, 72, 73].map((length) => `${"a".repeat(length - 20)}@${"b".repeat(16)}.nl`),
    ];
    for (const to of [...addresses, `${"a".repeat(64)}@${longest}.nl`]) {
      expect(isMailAddress(to)).toBe(true);
      expect(await mailerFor(server.url).send({ ...mail, to })).toEqual({ kind: "sent" });
    }
    expect(server.mails.map(({ to }) => to.length)).toEqual([6, 70, 71, 72, 73, 250]);
    expect(new Set(server.mails.map(({ raw }) => raw.length)).size).toBe(1);
  });

  test("is as long on whatever day it goes", async () => {
    await using server = await startMailServer();
    for (const moment of ["2026-05-01T00:00:00Z", "2026-12-30T23:59:59Z"]) {
      await mailerFor(server.url, undefined, { now: () => new Date(moment) }).send(mail);
    }
    const [first, ...others] = server.mails.map(({ raw }) => raw.length);
    expect(others).toEqual([first]);
  });

  test.each([
    [550, "refused"],
    [552, "refused"],
    [503, "failed"],
    [451, "failed"],
  ])("to an address to which the server says %d is %s, and told by its code", async (code, kind) => {
    await using server = await startMailServer();
    server.addressReply = () => code;
    expect(await mailerFor(server.url).send(mail)).toEqual({ kind, code: `SMTP_${code}` });
    server.addressReply = () => undefined;
    server.mailReply = () => code;
    expect(await mailerFor(server.url).send(mail)).toEqual({ kind, code: `SMTP_${code}` });
  });

  test("may go another time where the server drops the connection", async () => {
    await using server = await startMailServer();
    server.mailReply = () => "drop";
    expect(await mailerFor(server.url).send(mail)).toMatchObject({ kind: "failed" });
  });

  test("may go another time where the server is silent, or is not there", async () => {
    const silent = await startSilentServer();
    const mailer = mailerFor(silent.url, { attempt: 5_000, silence: 200 });
    expect(await mailer.send(mail)).toEqual({ kind: "failed", code: "ETIMEDOUT" });
    await silent[Symbol.asyncDispose]();
    expect(await mailer.send(mail)).toEqual({ kind: "failed", code: "ESOCKET" });
  });

  test("is given up in time where the server talks without end", async () => {
    const server = createServer((socket) => {
      const talk = setInterval(() => socket.write("220-one moment\r\n"), 10);
      socket.on("close", () => clearInterval(talk)).on("error", () => undefined);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `smtp://127.0.0.1:${(server.address() as AddressInfo).port}?ignoreTLS=true`;
    const outcome = await mailerFor(url, { attempt: 300, silence: 60_000 }).send(mail);
    expect(outcome).toMatchObject({ kind: "failed" });
    server.close();
    await once(server, "close");
  });

  test("does not go unencrypted, unless the setting says so", async () => {
    await using server = await startMailServer();
    const encrypted = server.url.replace("?ignoreTLS=true", "");
    expect(await mailerFor(encrypted).send(mail)).toMatchObject({ kind: "failed" });
    expect(server.mails).toEqual([]);
  });
});

test.each([
  ["ina@example.nl", true],
  ["i.de-boer+zorg@post.school.example.nl", true],
  ["ina@example.nl, jo@example.nl", false],
  ["ina@example.nl>", false],
  ["Ina <ina@example.nl>", false],
  ["ina@example.nl\r\nBcc: jo@example.nl", false],
  ["ina@localhost", false],
  ["@example.nl", false],
  ["", false],
  [`${"a".repeat(300)}@example.nl`, false],
])("%j is one address: %j", (text, isOne) => {
  expect(isMailAddress(text)).toBe(isOne);
});

describe("the settings", () => {
  const read = (environment: Environment) => readMailSettings(new Config(environment));

  test("say where mail goes, and how", () => {
    const MAIL_FROM = "post@example.nl";
    expect(read({})).toBeUndefined();
    expect(read({ SMTP_URL: "smtps://me:p%40ss@mail.example.nl", MAIL_FROM })).toEqual({
      host: "mail.example.nl",
      port: 465,
      encryption: "TLS",
      login: { user: "me", pass: "p@ss" },
      from: MAIL_FROM,
    });
    expect(read({ SMTP_URL: "smtp://mail.example.nl", MAIL_FROM })).toMatchObject({
      port: 587,
      encryption: "STARTTLS",
    });
    expect(read({ SMTP_URL: "smtp://[::1]:25?ignoreTLS=true", MAIL_FROM })).toMatchObject({
      host: "::1",
      port: 25,
      encryption: "NONE",
    });
  });

  test.each([
    ["http://mail.example.nl", "post@example.nl"],
    ["smtp://mail.example.nl?logger=true", "post@example.nl"],
    ["mail.example.nl", "post@example.nl"],
    ["smtp://mail.example.nl", "Post <post@example.nl>"],
    ["smtp://mail.example.nl", ""],
  ])("are refused where they are wrong: %s, %s", (SMTP_URL, MAIL_FROM) => {
    expect(() => read({ SMTP_URL, MAIL_FROM })).toThrow(ConfigError);
  });
});
