import { ServerResponse } from "node:http";
import type { Secret } from "../cause.ts";
import type { OpenWorld } from "../gateways.ts";
import { replaceMethod } from "../replace-method.ts";
import { type Leak, worldAt } from "./leak.ts";

/** An answer on its way out of a gateway. */
interface Answer {
  status: number;
  message?: string;
  headers: Record<string, string | number>;
  text: string;
}

/** Leaks by what stands around an answer, or in its text: as a careless proxy, cache or logger in front would. */
export function inAnswer(planted: string, tamper: (answer: Answer, secret: Secret) => void): Leak {
  return { planted, plant: (worlds) => tamperWith(worlds, tamper) };
}

function tamperWith(worlds: readonly OpenWorld[], tamper: (answer: Answer, secret: Secret) => void) {
  const held = new WeakMap<ServerResponse, Answer>();
  const { end } = ServerResponse.prototype;
  const writeHead = ServerResponse.prototype.writeHead as (
    this: ServerResponse,
    status: number,
    ...rest: readonly (string | Answer["headers"] | readonly string[])[]
  ) => unknown;
  const undoHead = replaceMethod(
    ServerResponse.prototype,
    "writeHead",
    () =>
      function (status: number, headers: Answer["headers"] | readonly string[]) {
        if (worldAt(worlds, this.socket?.localPort) === undefined) return writeHead.call(this, status, headers);
        held.set(this, { status, headers: byName(headers), text: "" });
        return this;
      },
  );
  const undoEnd = replaceMethod(
    ServerResponse.prototype,
    "end",
    () =>
      function (text = "") {
        const answer = held.get(this);
        const world = worldAt(worlds, this.socket?.localPort);
        if (answer === undefined || world === undefined) return end.call(this, text, "utf8");
        answer.text = String(text);
        tamper(answer, world.secret);
        if ("content-length" in answer.headers) answer.headers["content-length"] = Buffer.byteLength(answer.text);
        const phrase = answer.message === undefined ? [] : [answer.message];
        writeHead.call(this, answer.status, ...phrase, answer.headers);
        return end.call(this, answer.text, "utf8");
      },
  );
  return () => {
    undoEnd();
    undoHead();
  };
}

/** Headers by their names; they may be given as a list of names and values in turn. */
function byName(headers: Answer["headers"] | readonly string[]): Answer["headers"] {
  if (!isList(headers)) return { ...headers };
  const names = headers.filter((_, place) => place % 2 === 0);
  return Object.fromEntries(names.map((name, place) => [name, headers[2 * place + 1] ?? ""]));
}

function isList(headers: Answer["headers"] | readonly string[]): headers is readonly string[] {
  return Array.isArray(headers);
}

export const inAnswers: readonly Leak[] = [
  inAnswer("a header that counts the reports", ({ headers }, { reports }) => {
    headers["x-count"] = reports;
  }),
  inAnswer("a timing field that grows with the reports", ({ headers }, { reports }) => {
    headers["server-timing"] = `db;dur=${reports / 10}`;
  }),
  inAnswer("an etag of the row behind it", ({ headers }, { agency, category }) => {
    headers["etag"] = `"${Buffer.from(`${agency}${category}`).toString("hex").slice(0, 8)}"`;
  }),
  inAnswer("a cache's age that goes by the hour of the incident", ({ headers }, { hour }) => {
    headers["age"] = hour;
  }),
  inAnswer("headers in an order that goes by the agency", (answer, { agency }) => {
    if (agency === "shelter") answer.headers = Object.fromEntries(Object.entries(answer.headers).reverse());
  }),
  inAnswer("a header's name in capitals for a shelter", (answer, { agency }) => {
    if (agency !== "shelter") return;
    const { vary: _, "x-frame-options": options = "", ...others } = answer.headers;
    answer.headers = { ...others, "X-Frame-Options": options };
  }),
  inAnswer("another status where there are siblings", (answer, { siblings }) => {
    if (siblings > 0) answer.status = 203;
  }),
  inAnswer("another reason phrase", (answer, { elsewhere }) => {
    answer.message = elsewhere > 0 ? "Ok" : "OK";
  }),
  inAnswer("a blank after the body", (answer, { reports }) => {
    if (reports > 1) answer.text += " ";
  }),
  inAnswer("a body in chunks where it took longer", (answer, { reports }) => {
    if (reports > 1) delete answer.headers["content-length"];
  }),
  inAnswer("a connection that is closed after the second report", ({ headers }, { reports }) => {
    if (reports > 1) headers["connection"] = "close";
  }),
  inAnswer("a cookie that names the replica by the agency", ({ headers }, { agency }) => {
    headers["set-cookie"] = `replica=${agency.length}`;
  }),
  inAnswer("a sentence with another full stop", (answer, { category }) => {
    if (category === "CHILD_ABUSE") answer.text = answer.text.replace(/\."(?=[,}])/, '"');
  }),
  inAnswer("an extension beside the data", (answer, { reports }) => {
    answer.text = answer.text.replace(/^\{"data"/, `{"extensions":{"cost":${reports}},"data"`);
  }),
  inAnswer("an error's text that names the category", (answer, { category }) => {
    answer.text = answer.text.replace(/("message":"[^"]*)"/, `$1 ${category}"`);
  }),
  inAnswer("keys in another order", (answer, { hour }) => {
    if (hour % 2 === 1) answer.text = answer.text.replace(/("supportOn":"[^"]*"),("status":"RAISED")/g, "$2,$1");
  }),
  inAnswer("a character that is escaped in another way", (answer, { agency }) => {
    if (agency === "police") answer.text = answer.text.replaceAll(":00.000Z", ":00.000\\u005a");
  }),
];
