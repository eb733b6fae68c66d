/*
 * What the four subgraphs know. It is worked out from the position of each record, so that every run has the same,
 * and of about the size of the data set that federation gateways are usually compared with.
 */

export interface User {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly birthday: number;
}

export interface Product {
  readonly upc: string;
  readonly name: string;
  readonly price: number;
  readonly weight: number;
}

export interface Review {
  readonly id: string;
  readonly body: string;
  readonly author: string;
  readonly product: string;
}

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

export const users: readonly User[] = range(6).map((n) => ({
  id: String(n),
  name: `User number ${n}`,
  username: `user_${n}`,
  birthday: 19_700_000 + n * 31,
}));

export const products: readonly Product[] = range(9).map((n) => ({
  upc: String(n),
  name: `Product “${n}”`,
  price: 100 + ((n * 397) % 1_200),
  weight: 50 + ((n * 173) % 900),
}));

export const reviews: readonly Review[] = range(11).map((n) => ({
  id: String(n),
  body: `Review ${n}: ${"as good as it can be, and better. ".repeat(1 + (n % 3))}`,
  author: String(1 + (n % users.length)),
  product: String(1 + ((n * 2) % 9)),
}));
