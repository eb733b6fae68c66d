import { Heading } from "@nl-design-system-candidate/heading-react";
import { Paragraph } from "@nl-design-system-candidate/paragraph-react";
import { useEffect, useRef } from "react";
import { Notice } from "../elements/notice.tsx";
import { useNow } from "../elements/use-now.ts";
import { useLanguage, useTexts } from "../language/language.ts";
import { momentOf } from "../language/moments.ts";
import { type Item, type Items, sectionsOf } from "./inbox.ts";

/** All messages, and of each only that it is there, since when, and how far it is. */
export function MessageList(props: {
  /** Undefined until they have been read. */
  readonly items: Items | undefined;
  /** Whether there are more. */
  readonly isCut: boolean;
  readonly notice: string | undefined;
  /** The message that was open before. */
  readonly returnTo: string | undefined;
  readonly onOpen: (id: string) => void;
}) {
  const { items, isCut, notice, returnTo, onOpen } = props;
  const { inbox, more } = useTexts();
  const { fresh, open, done } = sectionsOf(items ?? []);
  return (
    <>
      <Heading level={1}>{inbox.title}</Heading>
      <Notice>{notice}</Notice>
      {items?.length === 0 ? (
        <div className="empty">
          <Heading level={2}>{inbox.empty}</Heading>
          <Paragraph>{inbox.emptyLead}</Paragraph>
        </div>
      ) : (
        <Paragraph>{inbox.lead}</Paragraph>
      )}
      {isCut && <Paragraph>{more}</Paragraph>}
      <Section title={inbox.newSection} items={fresh} returnTo={returnTo} onOpen={onOpen} />
      <Section title={inbox.openSection} items={open} returnTo={returnTo} onOpen={onOpen} />
      <Section title={inbox.doneSection} items={done} returnTo={returnTo} onOpen={onOpen} />
    </>
  );
}

function Section(props: {
  readonly title: string;
  readonly items: Items;
  readonly returnTo: string | undefined;
  readonly onOpen: (id: string) => void;
}) {
  const { title, items, returnTo, onOpen } = props;
  if (items.length === 0) return null;
  return (
    <section className="messages">
      <Heading level={2}>{title}</Heading>
      <ul>
        {items.map((item) => (
          <li key={item.id}>
            <Row item={item} isReturnedTo={item.id === returnTo} onOpen={onOpen} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Row(props: { readonly item: Item; readonly isReturnedTo: boolean; readonly onOpen: (id: string) => void }) {
  const { item, isReturnedTo, onOpen } = props;
  const { inbox } = useTexts();
  const language = useLanguage();
  const now = useNow(60_000);
  const row = useRef<HTMLButtonElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    // Once, when the list comes back: not whenever a message moves on.
    if (isFirst.current && isReturnedTo) row.current?.focus();
    isFirst.current = false;
  }, [isReturnedTo]);
  const isNew = item.status === "RAISED";
  return (
    <button
      type="button"
      ref={row}
      className={isNew ? "message-row message-row--new" : "message-row"}
      onClick={() => onOpen(item.id)}
    >
      <span className="message-row__title">{`${isNew ? inbox.newMessage : inbox.message}${item.practice ? ` (${inbox.practice})` : ""}`}</span>
      <span className="message-row__since">{inbox.since(momentOf(new Date(item.raisedAt), now, language))}</span>
      <Progress item={item} />
    </button>
  );
}

function Progress({ item: { status, isHandedOver } }: { readonly item: Item }) {
  const { inbox } = useTexts();
  if (status === "RAISED") return null;
  const text = status === "SUPPORTED" ? inbox.supported : isHandedOver ? inbox.handedOver : inbox.seen;
  return <span className="nl-data-badge">{text}</span>;
}
