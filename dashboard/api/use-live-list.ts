import { useCallback, useEffect, useState } from "react";
import type { Ask, Operation } from "./ask.ts";
import type { Follow, Followed } from "./follow.ts";

/** How often a list is read again though its connection is good, in milliseconds: an event is a hint, the list is the truth. */
const readEvery = 60_000;

/** How soon it is read again where that failed, in milliseconds. */
const readAgainAfter = 5_000;

/** Where a list comes from, and how it changes. */
export interface ListSource<List, ReadAnswer, EventAnswer, Event extends Followed> {
  readonly read: Operation<ReadAnswer, Record<never, never>>;
  readonly events: Operation<EventAnswer, { readonly after?: string }>;
  listOf(answer: ReadAnswer): List;
  /** Whether there is more than was read. Left out where all is read. */
  isCut?(answer: ReadAnswer): boolean;
  eventOf(answer: EventAnswer): Event;
  afterEvent(list: List, event: Event): List;
}

export interface LiveList<List, Event> {
  /** Undefined until it has been read for the first time. */
  readonly list: List | undefined;
  /** Whether there is more than the list shows: it comes as what is shown is done. */
  readonly isCut: boolean;
  /** Since when the list may be behind: it could not be read, or nothing tells when it changes. */
  readonly lostSince: Date | undefined;
  /** The last event, for those who look at one thing in the list. */
  readonly lastEvent: Event | undefined;
}

/** A list that stays what it is at the gateway, for as long as there is a connection. */
export function useLiveList<List, ReadAnswer, EventAnswer, Event extends Followed>(
  follow: Follow,
  ask: Ask,
  source: ListSource<List, ReadAnswer, EventAnswer, Event>,
): LiveList<List, Event> {
  const [list, setList] = useState<List>();
  const [isCut, setCut] = useState(false);
  const [lostSince, setLostSince] = useState<Date>();
  const [lastEvent, setLastEvent] = useState<Event>();
  const lose = useCallback(() => setLostSince((since) => since ?? new Date()), []);

  useEffect(() => {
    let isOver = false;
    /** Whether events would come. That the list can be read does not say so. */
    let isFollowed = false;
    let wasRead = false;
    /** What has come since a reading began, for each that is under way. */
    const readings = new Set<Event[]>();
    let again: ReturnType<typeof setTimeout> | undefined;
    const read = async () => {
      clearTimeout(again);
      const meanwhile: Event[] = [];
      readings.add(meanwhile);
      try {
        const answer = await ask(source.read, {});
        if (isOver) return;
        wasRead = true;
        setCut(source.isCut?.(answer) ?? false);
        setList(meanwhile.reduce(source.afterEvent, source.listOf(answer)));
        if (isFollowed) setLostSince(undefined);
      } catch {
        // The connection's own end says so too; until then the list may be behind.
        if (isOver) return;
        lose();
        clearTimeout(again);
        again = setTimeout(() => void read(), readAgainAfter);
      } finally {
        readings.delete(meanwhile);
      }
    };
    const stop = follow(source.events, {}, source.eventOf, {
      onLive() {
        isFollowed = true;
        void read();
      },
      onLost() {
        isFollowed = false;
        lose();
        if (!wasRead) void read();
      },
      onEvent(event) {
        for (const meanwhile of readings) meanwhile.push(event);
        setList((known) => (known === undefined ? known : source.afterEvent(known, event)));
        setLastEvent(event);
      },
    });
    const timer = setInterval(() => void read(), readEvery);
    return () => {
      isOver = true;
      clearTimeout(again);
      clearInterval(timer);
      stop();
    };
  }, [follow, ask, source, lose]);

  return { list, isCut, lostSince, lastEvent };
}
