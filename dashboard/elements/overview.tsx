import { Heading } from "@nl-design-system-candidate/heading-react";
import { Paragraph } from "@nl-design-system-candidate/paragraph-react";
import type { ReactNode } from "react";
import { useTexts } from "../language/language.ts";
import { KeyboardList } from "./keyboard-list.tsx";
import { Notice } from "./notice.tsx";
import type { Opened } from "./use-opened.ts";

interface OverviewTexts {
  readonly title: string;
  readonly lead: string;
  readonly empty: string;
  readonly emptyLead: string;
}

/** A screen's list of things to open: what it is, or that there is nothing, and what comes of the last one. */
export function Overview<Item extends { readonly id: string }>(props: {
  readonly texts: OverviewTexts;
  /** Undefined until they have been read. */
  readonly items: readonly Item[] | undefined;
  /** Whether there are more. */
  readonly isCut: boolean;
  readonly opened: Opened;
  readonly row: (item: Item) => ReactNode;
  /** What goes before the list. */
  readonly children?: ReactNode;
}) {
  const { texts, items, isCut, opened, row, children } = props;
  const { keys, more } = useTexts();
  return (
    <>
      <Heading level={1}>{texts.title}</Heading>
      <Notice>{opened.notice}</Notice>
      {children}
      {items?.length === 0 && (
        <div className="empty">
          <Heading level={2}>{texts.empty}</Heading>
          <Paragraph>{texts.emptyLead}</Paragraph>
        </div>
      )}
      {items !== undefined && items.length > 0 && (
        <>
          <Paragraph>{`${texts.lead} ${keys}`}</Paragraph>
          {isCut && <Paragraph>{more}</Paragraph>}
          <KeyboardList items={items} returnTo={opened.lastPlace} onOpen={opened.open} row={row} />
        </>
      )}
    </>
  );
}
