import { makeSubgraph, refusal, type Subgraph } from "./subgraphs.ts";

/** People, what they made and what they say of it: all kinds of federated fields over fixed records. */

interface Person {
  readonly __typename: "Person";
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly friend?: string;
}

interface Work {
  readonly __typename: "Book" | "Film";
  readonly id: string;
  readonly title: string;
  readonly price: number | null;
  readonly weight: number;
  readonly maker: string;
}

interface Note {
  readonly __typename: "Note";
  readonly id: string;
  readonly text: string | null;
  readonly stars: number;
  readonly author: string;
  readonly about: string;
}

const people: readonly Person[] = [
  { __typename: "Person", id: "p1", name: "Ada", status: "ACTIVE", friend: "p2" },
  { __typename: "Person", id: "p2", name: "Bo", status: "RETIRED", friend: "p1" },
  { __typename: "Person", id: "p3", name: "Cy", status: "HIDDEN" },
];

const works: readonly Work[] = [
  { __typename: "Book", id: "b1", title: "Sea", price: 10, weight: 2, maker: "p1" },
  { __typename: "Film", id: "f1", title: "Sky", price: 7, weight: 1, maker: "p2" },
  { __typename: "Book", id: "b2", title: "Sun", price: null, weight: 5, maker: "p2" },
];

const notes: readonly Note[] = [
  { __typename: "Note", id: "n1", text: "good", stars: 5, author: "p1", about: "b1" },
  { __typename: "Note", id: "n2", text: null, stars: 1, author: "p2", about: "f1" },
  { __typename: "Note", id: "n3", text: "fine", stars: 3, author: "p1", about: "b1" },
  { __typename: "Note", id: "n4", text: "odd", stars: 2, author: "p3", about: "b2" },
];

type Id = { readonly id: string };
type First = { readonly first: number };

const person = (id: string) => people.find((one) => one.id === id);
const work = (id: string) => works.find((one) => one.id === id);
const note = (id: string) => notes.find((one) => one.id === id);

const Query = {
  me: () => person("p1"),
  people: (_: unknown, { first }: First) => people.slice(0, first),
  person: (_: unknown, { id }: Id) => person(id),
  works: () => [works[0], null, ...works.slice(1)],
  work: (_: unknown, { id }: Id) => work(id),
  anything: () => [people[0], works[1], works[0], people[2]],
  titled: () => works,
  latest: () => notes[0],
  notes: (_: unknown, { first }: First) => notes.slice(0, first),
};

const Person = {
  status: (one: Person) => one.status,
  email: (one: Person) => {
    if (one.id === "p2") throw refusal("EMAIL_WITHHELD");
    return `${one.id}@example.org`;
  },
  friend: (one: Person) => (one.friend ? person(one.friend) : null),
  works: (one: Id) => works.filter(({ maker }) => maker === one.id),
  rows: () => [[1, 2], null, [3, null]],
  notes: (one: Id, { min }: { min: number }) => notes.filter(({ author, stars }) => author === one.id && stars >= min),
  rank: (one: Id) => {
    if (one.id === "p3") throw refusal("NO_RANK");
    return Number(one.id.slice(1));
  },
};

const made = {
  maker: (one: Work) => person(one.maker),
  price: (one: Work, { times }: { times: number }) => (one.price === null ? null : one.price * times),
  size: () => ({ high: 3, wide: [1, { deep: null }] }),
};

const reviewed = {
  notes: (one: Id) => notes.filter(({ about }) => about === one.id),
  best: (one: Id) => notes.find(({ about, stars }) => about === one.id && stars > 4),
  // Computed from what the reference brings, so that a wrong @requires shows.
  postage: (one: { price?: number | null; weight?: number }) => (one.price ?? 0) + 100 * (one.weight ?? 0),
};

const Note = { author: (one: Note) => person(one.author), about: (one: Note) => work(one.about) };

const abstract = { __resolveType: (one: { __typename: string }) => one.__typename };

const common = `
  type Person @key(fields: "id") { id: ID! }
`;

export const persons: Subgraph = makeSubgraph({
  name: "persons",
  typeDefs: `
    type Query { me: Person people(first: Int! = 2): [Person!]! person(id: ID!): Person }
    type Person implements Named @key(fields: "id") {
      id: ID! name: String! status: Status email: String friend: Person rows: [[Int]]
    }
    interface Named { name: String! }
    enum Status { ACTIVE RETIRED HIDDEN @inaccessible }
  `,
  resolvers: {
    Query: { me: Query.me, people: Query.people, person: Query.person },
    Person: {
      __resolveReference: ({ id }: Id) => person(id),
      status: Person.status,
      email: Person.email,
      friend: Person.friend,
      rows: Person.rows,
    },
    Named: abstract,
  },
});

export const catalogue: Subgraph = makeSubgraph({
  name: "catalogue",
  typeDefs: `
    ${common.replace("id: ID! }", "id: ID! works: [Work!]! }")}
    scalar Size
    type Query { works: [Work] work(id: ID!): Work anything: [Anything!] titled: [Titled!]! }
    interface Titled { title: String! }
    interface Work implements Titled { id: ID! title: String! maker: Person price(times: Int! = 1): Int size: Size }
    type Book implements Work & Titled @key(fields: "id") {
      id: ID! title: String! maker: Person price(times: Int! = 1): Int weight: Int! @inaccessible size: Size pages: Int
    }
    type Film implements Work & Titled @key(fields: "id") {
      id: ID! title: String! maker: Person price(times: Int! = 1): Int weight: Int! @inaccessible size: Size
    }
    union Anything = Book | Film | Person
  `,
  resolvers: {
    Query: { works: Query.works, work: Query.work, anything: Query.anything, titled: Query.titled },
    Person: { works: Person.works },
    Book: { __resolveReference: ({ id }: Id) => work(id), ...made, pages: () => 300 },
    Film: { __resolveReference: ({ id }: Id) => work(id), ...made },
    Titled: abstract,
    Work: abstract,
    Anything: abstract,
  },
});

export const opinions: Subgraph = makeSubgraph({
  name: "opinions",
  typeDefs: `
    type Query { latest: Note notes(first: Int! = 10): [Note!]! }
    type Note @key(fields: "id") { id: ID! text: String stars: Int! author: Person @provides(fields: "name") about: Reviewed }
    type Person @key(fields: "id") {
      id: ID! name: String! @external notes(min: Int! = 0): [Note!] rank: Int!
    }
    interface Reviewed { id: ID! notes: [Note!]! best: Note }
    type Book implements Reviewed @key(fields: "id") {
      id: ID! notes: [Note!]! best: Note
      price(times: Int! = 1): Int @external weight: Int! @external
      postage: Int @requires(fields: "price(times: 2) weight")
    }
    type Film implements Reviewed @key(fields: "id") {
      id: ID! notes: [Note!]! best: Note
      price(times: Int! = 1): Int @external weight: Int! @external
      postage: Int @requires(fields: "price(times: 2) weight")
    }
  `,
  resolvers: {
    Query: { latest: Query.latest, notes: Query.notes },
    Note: { __resolveReference: ({ id }: Id) => note(id), ...Note },
    Person: { notes: Person.notes, rank: Person.rank },
    Book: reviewed,
    Film: reviewed,
    Reviewed: abstract,
  },
});

export const library: readonly Subgraph[] = [persons, catalogue, opinions];

const doubled = (one: Work) => (one.price === null ? 0 : one.price * 2) + 100 * one.weight;

/** The same world as one schema's resolvers, with which every answer of the gateway is compared. */
export const monolith = {
  Query,
  Person,
  Note,
  Book: { ...made, pages: () => 300, ...reviewed, postage: doubled },
  Film: { ...made, ...reviewed, postage: doubled },
  Titled: abstract,
  Work: abstract,
  Anything: abstract,
  Named: abstract,
  Reviewed: abstract,
};
