import type { Clock } from "../plumbing/clock.ts";

/** The steps in which time passes, in milliseconds: what is due within one step happens at its end, at once. */
const resolution = 60_000;

/** A clock that stands still until it is moved, and never goes back. */
export class VirtualClock implements Clock {
  #now: number;

  constructor(start: Date) {
    this.#now = start.getTime();
  }

  now(): Date {
    return new Date(this.#now);
  }

  /** Moves on to the step that a moment lies in. */
  moveTo(moment: number): void {
    this.#now = Math.max(this.#now, Math.ceil(moment / resolution) * resolution);
  }
}

export type Deed = () => Promise<void>;

/** What people are going to do, by when: a binary heap. */
export class Agenda {
  readonly #heap: { at: number; deed: Deed }[] = [];

  get next(): number {
    return this.#heap[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  add(at: number, deed: Deed): void {
    const heap = this.#heap;
    let place = heap.push({ at, deed }) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (this.#at(parent) <= this.#at(place)) return;
      this.#swap(place, parent);
      place = parent;
    }
  }

  /** All that is due. */
  take(now: number): Deed[] {
    const due: Deed[] = [];
    while (this.next <= now) due.push(this.#takeFirst());
    return due;
  }

  #takeFirst(): Deed {
    const heap = this.#heap;
    this.#swap(0, heap.length - 1);
    const first = heap.pop();
    if (first === undefined) throw new Error("The agenda is empty");
    for (let place = 0; ; ) {
      const [left, right] = [2 * place + 1, 2 * place + 2];
      let least = place;
      if (left < heap.length && this.#at(left) < this.#at(least)) least = left;
      if (right < heap.length && this.#at(right) < this.#at(least)) least = right;
      if (least === place) return first.deed;
      this.#swap(place, least);
      place = least;
    }
  }

  #at(place: number): number {
    return this.#heap[place]?.at ?? Number.POSITIVE_INFINITY;
  }

  #swap(a: number, b: number): void {
    const [first, second] = [this.#heap[a], this.#heap[b]];
    if (first === undefined || second === undefined) return;
    this.#heap[a] = second;
    this.#heap[b] = first;
  }
}

/** Does all of these, some at once. */
export async function doAll(deeds: readonly Deed[], atOnce: number): Promise<void> {
  let place = 0;
  const work = async (): Promise<void> => {
    for (;;) {
      const deed = deeds[place];
      place += 1;
      if (deed === undefined) return;
      await deed();
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, deeds.length) }, work));
}
