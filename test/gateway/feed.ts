import { EventEmitter, on } from "node:events";
import { makeSubgraph, refusal, type Subgraph } from "../../prove/differential/subgraphs.ts";
import { mapEvents } from "./map-events.ts";

/** Two subgraphs, of which the one tells of changes and the other knows more about what has changed. */
export interface Feed {
  readonly subgraphs: readonly Subgraph[];
  change(id: string): void;
  /** Settles when so many subscriptions listen. */
  listening(count: number): Promise<void>;
}

export function makeFeed(): Feed {
  const changes = new EventEmitter();
  const watchers = new EventEmitter();
  const noteListeners = () => watchers.emit("counted");
  const changed = () => {
    const events = mapEvents<string[], unknown>(on(changes, "change"), async ([id]) => ({
      changed: { thing: { id }, secret: "s" },
    }));
    noteListeners();
    const leave = events.return.bind(events);
    events.return = async (value) => {
      const end = await leave(value);
      noteListeners();
      return end;
    };
    return events;
  };
  const feed = makeSubgraph({
    name: "feed",
    typeDefs: `
      type Query @tag(name: "everyone") { ping: String echo(text: String): String thing: Thing }
      type Mutation @tag(name: "everyone") { shout(text: String!): String }
      type Subscription @tag(name: "everyone") { changed(after: String): Change }
      type Change @tag(name: "everyone") { thing: Thing! secret: String @inaccessible }
      type Thing @key(fields: "id") @tag(name: "everyone") { id: ID! }
    `,
    resolvers: {
      Query: {
        ping: () => "pong",
        echo: (_: unknown, { text }: { text: string }) => text,
        thing: () => ({ id: "1" }),
      },
      Mutation: { shout: (_: unknown, { text }: { text: string }) => text.toUpperCase() },
      Subscription: {
        changed: {
          subscribe: (_: unknown, { after }: { after?: string }) => {
            if (after === "lost") throw refusal("CURSOR_UNKNOWN");
            return changed();
          },
        },
      },
    },
  });
  const names = makeSubgraph({
    name: "names",
    typeDefs: `
      type Thing @key(fields: "id") @tag(name: "everyone") { id: ID! name: String! }
    `,
    resolvers: { Thing: { name: ({ id }: { id: string }) => `thing ${id}` } },
  });
  return {
    subgraphs: [feed, names],
    change: (id) => changes.emit("change", id),
    listening: async (count) => {
      while (changes.listenerCount("change") !== count)
        await new Promise((resolve) => watchers.once("counted", resolve));
    },
  };
}
