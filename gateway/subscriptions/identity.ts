const numbers = new WeakMap<object, number>();
let last = 0;

/** A number for an object, for as long as there is the object: for keys of what hangs on it. */
export function numberOf(object: object): number {
  let number = numbers.get(object);
  if (number === undefined) {
    last += 1;
    number = last;
    numbers.set(object, number);
  }
  return number;
}
