import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What was accepted, seen and broken, in its order, in a file. It is written as it happens: a run may be cut off. */
export interface History {
  readonly file: string;
  note(line: string): void;
  /** Takes the file away: nobody needs to look at what held. */
  forget(): Promise<void>;
}

export function openHistory(seed: number): History {
  const file = join(tmpdir(), `prove-faults-${seed}.log`);
  const stream = createWriteStream(file);
  return {
    file,
    note: (line) => void stream.write(`${line}\n`),
    async forget() {
      await new Promise<void>((resolve) => stream.end(resolve));
      await rm(file, { force: true });
    },
  };
}
