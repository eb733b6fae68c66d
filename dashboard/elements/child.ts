/** Who a child is, as the sender said. */
export interface Child {
  readonly name: string | null;
  /** ISO 8601, a day. */
  readonly birthDate: string | null;
  readonly bsn: string | null;
}

/** What a child is called: by name or, where the sender gave none, the number. */
export function nameOf(
  { name, bsn }: Pick<Child, "name" | "bsn">,
  texts: { readonly bsn: string; readonly unknown: string },
): string {
  return name ?? (bsn === null ? texts.unknown : `${texts.bsn} ${bsn}`);
}
