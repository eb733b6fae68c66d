import { DoorSocket } from "../../../plumbing/door-socket.ts";
import type { Secret } from "../cause.ts";
import { replaceMethod } from "../replace-method.ts";
import { type Leak, worldAt } from "./leak.ts";

/** Leaks by what a gateway's socket says. @param tamper what is sent in the place of one message */
function onSocket(planted: string, tamper: (text: string, secret: Secret) => readonly string[]): Leak {
  return {
    planted,
    plant: (worlds) =>
      replaceMethod(
        DoorSocket.prototype,
        "send",
        (send) =>
          function (text: string | Buffer) {
            const world = worldAt(worlds, this._socket?.localPort);
            if (world === undefined || !String(text).includes("signalEvents")) return send.call(this, text);
            for (const one of tamper(String(text), world.secret)) send.call(this, one);
            return undefined;
          },
      ),
  };
}

export const onSockets: readonly Leak[] = [
  onSocket("an event that is told once for each report", (text, { reports }) => Array(reports).fill(text)),
  onSocket("a ping besides where there are siblings", (text, { siblings }) =>
    siblings > 0 ? ['{"type":"ping"}', text] : [text],
  ),
  onSocket("a frame that is padded by the category", (text, { category }) => [
    text.padEnd(text.length + category.length),
  ]),
  onSocket("an event of another kind where it was reported before", (text, { reports }) => [
    reports > 1 ? text.replace('"RAISED"', '"CHANGED"') : text,
  ]),
  onSocket("the moment of the incident in an event", (text, { hour }) => [
    text.replace(/"raisedAt":"([^T]*)T\d\d/, `"raisedAt":"$1T${String(hour).padStart(2, "0")}`),
  ]),
  onSocket("an event's extensions", (text, { elsewhere }) => [
    // Behind an event there are blanks up to its length.
    text.replace(/\} *$/, `,"extensions":{"queue":${elsewhere}}}`),
  ]),
  {
    planted: "a socket that is closed with another code",
    plant: (worlds) =>
      replaceMethod(
        DoorSocket.prototype,
        "close",
        (close) =>
          function (code: number, reason: string) {
            const world = worldAt(worlds, this._socket?.localPort);
            return close.call(this, world?.secret.agency === "shelter" && code > 4000 ? code + 1 : code, reason);
          },
      ),
  },
  {
    planted: "a socket that is closed with another reason",
    plant: (worlds) =>
      replaceMethod(
        DoorSocket.prototype,
        "close",
        (close) =>
          function (code: number, reason: string) {
            const world = worldAt(worlds, this._socket?.localPort);
            return close.call(this, code, world?.secret.agency === "shelter" ? `${reason}.` : reason);
          },
      ),
  },
];
