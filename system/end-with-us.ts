import type { ChildProcess } from "node:child_process";

const children = new Map<ChildProcess, NodeJS.Signals>();

/** Ends a child with this process, should this end without having ended it: it is left to nobody. */
export function endWithUs(child: ChildProcess, signal: NodeJS.Signals): void {
  if (children.size === 0) process.on("exit", endAll);
  children.set(child, signal);
  child.once("exit", () => {
    children.delete(child);
    if (children.size === 0) process.off("exit", endAll);
  });
}

function endAll(): void {
  for (const [child, signal] of children) child.kill(signal);
}
