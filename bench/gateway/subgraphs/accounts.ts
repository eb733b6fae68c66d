import { users } from "./records.ts";
import { type BenchSubgraph, finder, rotated } from "./subgraph.ts";

const userOf = finder(users, "id");

export const accounts: BenchSubgraph = {
  name: "accounts",
  typeDefs: `
    extend type Query {
      users(from: Int!): [User!]
      username(id: Int!): String
    }
    type User @key(fields: "id") {
      id: ID!
      name: String
      username: String
      birthday: Int
    }
  `,
  resolvers: {
    Query: {
      users: (_, { from }) => rotated(users, from),
      username: (_, { id }) => `user_${id}`,
    },
  },
  entities: { User: ({ id }) => userOf(id) },
};
