import type { Product } from "./records.ts";
import type { BenchSubgraph } from "./subgraph.ts";

export const inventory: BenchSubgraph = {
  name: "inventory",
  typeDefs: `
    extend type Product @key(fields: "upc") {
      upc: ID! @external
      price: Int @external
      weight: Int @external
      inStock: Boolean
      shippingEstimate: Int @requires(fields: "price weight")
    }
  `,
  resolvers: {
    Product: {
      inStock: ({ upc }: Product) => Number(upc) % 2 === 1,
      shippingEstimate: ({ price, weight }: Product) => (price > 1_000 ? 0 : Math.round(weight / 2)),
    },
  },
  // What it is told is all that it knows of a product: the price and the weight are in it if they were asked for.
  entities: { Product: (representation) => ({ ...representation }) },
};
