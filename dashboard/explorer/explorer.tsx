import { createGraphiQLFetcher, type Fetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { createClient } from "graphql-ws";
import { useState } from "react";
import type { Session } from "../session/session.ts";
import { examplesOf } from "./examples.ts";

/** The contract of whoever has signed in, with operations to begin with. Nothing is kept from one visit to the next. */
export function Explorer({ session }: { readonly session: Session }) {
  const [fetcher] = useState(() => fetcherOf(session));
  const [storage] = useState(memory);
  const [examples] = useState(() => examplesOf(session.party));
  return (
    <GraphiQL
      fetcher={fetcher}
      storage={storage}
      defaultTabs={examples}
      initialVariables={examples[0]?.variables ?? ""}
      shouldPersistHeaders={false}
      isHeadersEditorEnabled={false}
    >
      <GraphiQL.Logo>{`${session.name} (${session.party})`}</GraphiQL.Logo>
    </GraphiQL>
  );
}

function fetcherOf(session: Session): Fetcher {
  const authorization = async () => `Bearer ${await session.token()}`;
  return createGraphiQLFetcher({
    url: "/graphql",
    enableIncrementalDelivery: false,
    fetch: async (url, init) =>
      fetch(url, {
        ...init,
        headers: {
          "content-type": "application/json",
          accept: "application/json",
          authorization: await authorization(),
        },
      }),
    wsClient: createClient({
      url: `${location.origin.replace(/^http/, "ws")}/graphql`,
      connectionParams: async () => ({ authorization: await authorization() }),
    }),
  });
}

/** In the place of the browser's storage. */
function memory(): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    key: (at) => [...items.keys()][at] ?? null,
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, value),
    removeItem: (name) => void items.delete(name),
    clear: () => items.clear(),
  };
}
