/** Takes out again what was put in. */
export type Undo = () => unknown;

/** Puts a function in the place of a method. It is given the method that was there. */
export function replaceMethod<Name extends string>(
  // biome-ignore lint/suspicious/noExplicitAny: whatever class it is
  owner: any,
  name: Name,
  // biome-ignore lint/suspicious/noExplicitAny: whatever the method takes and gives
  replacement: (original: (...given: any[]) => any) => (this: any, ...given: any[]) => any,
): Undo {
  const original = owner[name];
  owner[name] = replacement(original);
  return () => {
    owner[name] = original;
  };
}
