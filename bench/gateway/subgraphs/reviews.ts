import { type Product, products, type Review, reviews as records, type User, users } from "./records.ts";
import { type BenchSubgraph, finder } from "./subgraph.ts";

const userOf = finder(users, "id");
const productOf = finder(products, "upc");
const reviewOf = finder(records, "id");

export const reviews: BenchSubgraph = {
  name: "reviews",
  typeDefs: `
    type Review @key(fields: "id") {
      id: ID!
      body: String
      author: User
      product: Product
    }
    extend type User @key(fields: "id") {
      id: ID! @external
      reviews: [Review!]
    }
    extend type Product @key(fields: "upc") {
      upc: ID! @external
      reviews: [Review!]
    }
  `,
  resolvers: {
    Review: {
      author: (review: Review) => userOf(review.author),
      product: (review: Review) => productOf(review.product),
    },
    User: { reviews: (user: User) => records.filter(({ author }) => author === user.id) },
    Product: { reviews: (product: Product) => records.filter((review) => review.product === product.upc) },
  },
  entities: { Review: ({ id }) => reviewOf(id), User: ({ id }) => userOf(id), Product: ({ upc }) => productOf(upc) },
};
