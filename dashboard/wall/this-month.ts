/** The days of the month so far. */
export function thisMonth(now: Date): { readonly from: string; readonly to: string } {
  const to = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Amsterdam" }).format(now);
  return { from: `${to.slice(0, 8)}01`, to };
}
