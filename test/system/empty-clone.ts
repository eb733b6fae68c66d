import { EventEmitter, on, once } from "node:events";
import { copyFile, cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { root } from "../../system/root.ts";
import { StartedScript } from "./started-script.ts";

/** Stands for npm, tsc and Vite: prints something, says to us which it is, and ends when it is told to, with the code that it is told. */
const standIn = `
console.log("done");
const socket = require("node:net").connect(Number(process.env.STAND_INS_PORT), "127.0.0.1");
socket.write(JSON.stringify({ program: process.argv[1], pid: process.pid }) + "\\n");
socket.on("data", (code) => process.exit(Number(code)));
socket.on("close", () => process.exit(1));
`;

/** A program that a script runs: it goes on until it is told to end. */
export interface Program {
  readonly name: string;
  /** Ends it with what it is there for done. */
  succeed(): Promise<void>;
  fail(): void;
  kill(): void;
}

/** A clone with nothing in it but the way into npm scripts, before anything was installed. */
export class EmptyClone implements AsyncDisposable {
  readonly #folder: string;
  readonly #server = createServer((socket) => void this.#meet(socket));
  readonly #begun = new EventEmitter();
  readonly #programs = on(this.#begun, "program");
  readonly #scripts: StartedScript[] = [];
  #running = 0;
  #mostAtOnce = 0;

  static async make(): Promise<EmptyClone> {
    const clone = new EmptyClone(await mkdtemp(join(tmpdir(), "handle-with-care-clone-")));
    await clone.#furnish();
    return clone;
  }

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** How many programs have run at the same time, at most. */
  get mostAtOnce(): number {
    return this.#mostAtOnce;
  }

  start(script: "install" | "build"): StartedScript {
    const { port } = this.#server.address() as AddressInfo;
    const environment = { npm_execpath: join(this.#folder, "npm.js"), STAND_INS_PORT: String(port) };
    const started = new StartedScript(join(this.#folder, "system/bootstrap.mjs"), script, environment);
    this.#scripts.push(started);
    return started;
  }

  /** The next program that a script runs. */
  async program(): Promise<Program> {
    const { value } = await this.#programs.next();
    return value?.[0];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#scripts.map((script) => script.kill()));
    this.#server.close();
    await rm(this.#folder, { recursive: true });
  }

  async #furnish(): Promise<void> {
    await cp(join(root, "system/bootstrap"), join(this.#folder, "system/bootstrap"), { recursive: true });
    await copyFile(join(root, "system/bootstrap.mjs"), join(this.#folder, "system/bootstrap.mjs"));
    await this.#write("package-lock.json", JSON.stringify({ packages: {} }));
    for (const name of ["tsconfig.json", "tsconfig.build.json"]) await this.#write(name, "{}");
    for (const page of ["dashboard", "explorer"]) await mkdir(join(this.#folder, "dist", page), { recursive: true });
    await this.#write("npm.js", standIn);
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
  }

  async #meet(socket: Socket): Promise<void> {
    this.#running += 1;
    this.#mostAtOnce = Math.max(this.#mostAtOnce, this.#running);
    // Of one that is killed, the connection may be reset.
    socket.on("error", () => undefined);
    const [line] = await once(createInterface(socket), "line");
    const { program, pid } = JSON.parse(line) as { program: string; pid: number };
    const name = basename(program, ".js");
    const end = (how: () => void) => {
      this.#running -= 1;
      how();
    };
    this.#begun.emit("program", {
      name,
      succeed: async () => {
        if (name === "npm") await this.#install();
        end(() => socket.write("0"));
      },
      fail: () => end(() => socket.write("1")),
      kill: () => end(() => process.kill(pid, "SIGKILL")),
    } satisfies Program);
  }

  async #install(): Promise<void> {
    for (const path of ["typescript/bin/tsc", "vite/bin/vite.js"]) await this.#write(`node_modules/${path}`, standIn);
    await this.#write("node_modules/.package-lock.json", JSON.stringify({ packages: {} }));
  }

  async #write(path: string, text: string): Promise<void> {
    const file = join(this.#folder, path);
    await mkdir(join(file, ".."), { recursive: true });
    await writeFile(file, text);
  }
}
