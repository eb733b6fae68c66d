import { products as records } from "./records.ts";
import { type BenchSubgraph, finder, rotated } from "./subgraph.ts";

const productOf = finder(records, "upc");

export const products: BenchSubgraph = {
  name: "products",
  typeDefs: `
    extend type Query {
      topProducts(first: Int!, from: Int!): [Product!]
    }
    type Product @key(fields: "upc") {
      upc: ID!
      name: String
      price: Int
      weight: Int
    }
  `,
  resolvers: { Query: { topProducts: (_, { first, from }) => rotated(records, from, Number(first)) } },
  entities: { Product: ({ upc }) => productOf(upc) },
};
