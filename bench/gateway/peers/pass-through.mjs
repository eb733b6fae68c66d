import { createServer } from "node:http";
import { Pool } from "undici";
import { host, port, subgraphs } from "./arguments.mjs";

/*
 * No gateway, but the most that any over these two libraries can reach: Node's HTTP takes the body, undici hands its
 * query and variables on to the one subgraph that knows the operation, and what comes is answered. Both bodies are read
 * and written as JSON, as every gateway must; there is no GraphQL, no header, limit or deadline.
 */

const { origin, pathname: path } = new URL(subgraphs["accounts"]);
const pool = new Pool(origin, { connections: 128, headersTimeout: 0, bodyTimeout: 0 });
const headers = { "content-type": "application/json", accept: "application/json" };

createServer((request, response) => {
  collect(request, (text) => {
    const { query, variables } = JSON.parse(text);
    const body = JSON.stringify({ query, variables });
    pool.dispatch({ path, method: "POST", headers, body }, new Passing(response));
  });
}).listen(port, host);

/** Passes the subgraph's answer on. */
class Passing {
  #response;
  #chunks = [];

  constructor(response) {
    this.#response = response;
  }

  onConnect() {}

  onHeaders() {
    return true;
  }

  onData(chunk) {
    this.#chunks.push(chunk);
    return true;
  }

  onComplete() {
    answer(this.#response, 200, JSON.stringify(JSON.parse(textOf(this.#chunks))));
  }

  onError() {
    answer(this.#response, 502, "{}");
  }
}

function collect(request, whole) {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.once("end", () => whole(textOf(chunks)));
}

function textOf(chunks) {
  return Buffer.concat(chunks).toString("utf8");
}

function answer(response, status, text) {
  const length = String(Buffer.byteLength(text));
  response.writeHead(status, ["content-type", "application/json; charset=utf-8", "content-length", length]);
  response.end(text);
}
