import { createHash } from "node:crypto";
import { type FSWatcher, watch } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { ConfigError } from "../../plumbing/config.ts";
import { errorFacts, type Log } from "../../plumbing/log.ts";

/** How long the files must be left alone before they are read, in milliseconds: a writer may not be done. */
const calm = 100;

/** Makes what is served from the files as they are now; rejects where nothing can be made of them. */
export type Make<T> = () => Promise<T>;

/** What can be replaced by another while it is at work. Disposing it ends it at once. */
export interface Replaceable extends AsyncDisposable {
  /** Ends it once what has begun with it has come to its end. */
  retire(): Promise<void>;
}

/** What came of files that have changed. */
export type ReloadOutcome = "served" | "refused";

/** What is made from which files, and who is told of it. */
export interface Reloadable<T> {
  readonly files: readonly string[];
  readonly make: Make<T>;
  readonly log: Log;
  /** Is called each time that files have changed. */
  onReload(outcome: ReloadOutcome): void;
}

/**
 * Holds what is made from files, and makes it anew when they change. What has begun with the old goes
 * on with the old, which ends after it. Files of which nothing can be made change nothing.
 */
export class Reloading<T extends Replaceable> implements AsyncDisposable {
  #current: T;
  #digest: string;
  readonly #files: readonly string[];
  readonly #make: Make<T>;
  readonly #log: Log;
  readonly #onReload: (outcome: ReloadOutcome) => void;
  #watchers: readonly FSWatcher[] = [];
  #timer: NodeJS.Timeout | undefined;
  #underWay: Promise<unknown> = Promise.resolve();
  /** What has been replaced and is still at work. */
  readonly #retiring = new Set<T>();
  #isOver = false;

  private constructor(current: T, digest: string, { files, make, log, onReload }: Reloadable<T>) {
    this.#current = current;
    this.#digest = digest;
    this.#files = files;
    this.#make = make;
    this.#log = log;
    this.#onReload = onReload;
  }

  /** Rejects where nothing can be made of the files at the start. */
  static async start<T extends Replaceable>(reloadable: Reloadable<T>): Promise<Reloading<T>> {
    // The digest first: what is written while it is being made is found at the next look.
    const digest = await digestOf(reloadable.files);
    return new Reloading(await reloadable.make(), digest, reloadable);
  }

  get current(): T {
    return this.#current;
  }

  /** From now on, a change of a file is noticed by itself. */
  watch(): void {
    // Folders, as a file that is replaced is another file; and a mounted one changes behind a link beside it.
    this.#watchers = [...new Set(this.#files.map((file) => dirname(file)))].map((folder) =>
      watch(folder, { persistent: false }, () => {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => void this.reload(), calm).unref();
      }).on("error", (error) => this.#log.error(errorFacts(error), "files are no longer watched")),
    );
  }

  /**
   * Looks at the files once more, after what is under way.
   * @returns whether what they say is served now, be it new or not; false where they are refused.
   */
  reload(): Promise<boolean> {
    const next = this.#underWay.then(() => this.#reload());
    this.#underWay = next;
    return next;
  }

  async #reload(): Promise<boolean> {
    try {
      const digest = await digestOf(this.#files);
      if (digest === this.#digest) return true;
      await this.#replace(await this.#make());
      this.#digest = digest;
      this.#log.info({ code: "RELOADED" }, "files have changed and are served");
      this.#onReload("served");
      return true;
    } catch (error) {
      // What is wrong with a file is for the operator, and names nothing but parts of the schema.
      const reason = error instanceof ConfigError ? { reason: error.message } : errorFacts(error);
      this.#log.error({ ...reason, code: "RELOAD_REFUSED" }, "files have changed and are refused; the old stay");
      this.#onReload("refused");
      return false;
    }
  }

  async #replace(next: T): Promise<void> {
    // What was being made when all ended is nobody's.
    if (this.#isOver) return next[Symbol.asyncDispose]();
    const old = this.#current;
    this.#current = next;
    this.#retiring.add(old);
    old
      .retire()
      .catch((error: unknown) => this.#log.error(errorFacts(error), "what was replaced did not end in good order"))
      .finally(() => this.#retiring.delete(old));
  }

  /** Ends all that is at work. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    clearTimeout(this.#timer);
    for (const watcher of this.#watchers) watcher.close();
    await Promise.all([this.#current, ...this.#retiring].map((one) => one[Symbol.asyncDispose]()));
  }
}

async function digestOf(files: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const file of files) {
    const content = await readFile(file).catch(() => undefined);
    hash.update(content === undefined ? "absent" : createHash("sha256").update(content).digest("hex"));
  }
  return hash.digest("hex");
}
