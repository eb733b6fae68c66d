import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";

const steps: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

/** A list of things to open, which the arrow keys go through. */
export function KeyboardList<Item extends { readonly id: string }>(props: {
  readonly items: readonly Item[];
  /** The place of the one that was open before. */
  readonly returnTo: number | undefined;
  readonly onOpen: (id: string, at: number) => void;
  readonly row: (item: Item) => ReactNode;
}) {
  const { items, returnTo, onOpen, row } = props;
  const list = useRef<HTMLOListElement>(null);
  const buttons = () => [...(list.current?.querySelectorAll("button") ?? [])];
  const focus = (at: number) => {
    const all = buttons();
    all[Math.min(at, all.length - 1)]?.focus();
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the list comes back
  useEffect(() => {
    if (returnTo !== undefined) focus(returnTo);
  }, []);

  /** The place of the row that has the keyboard: the next takes it over when this one is done by somebody. */
  const keyboardAt = useRef<number>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the list has changed
  useEffect(() => {
    if (keyboardAt.current !== undefined && document.activeElement === document.body) focus(keyboardAt.current);
  }, [items]);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key];
    const all = buttons();
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    if (step === undefined || at < 0) return;
    event.preventDefault();
    focus(step(at, all.length - 1));
  };

  return (
    <ol
      className="tasks"
      ref={list}
      onKeyDown={onKeyDown}
      onFocus={({ target }) => {
        keyboardAt.current = buttons().indexOf(target as Element as HTMLButtonElement);
      }}
      onBlur={({ relatedTarget }) => {
        // Without a next place it was not the person who left.
        if (relatedTarget !== null) keyboardAt.current = undefined;
      }}
    >
      {items.map((item, at) => (
        <li key={item.id}>
          <button type="button" className="task-row" onClick={() => onOpen(item.id, at)}>
            {row(item)}
          </button>
        </li>
      ))}
    </ol>
  );
}
