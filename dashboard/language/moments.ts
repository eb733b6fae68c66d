import type { Language } from "./language.ts";

const zone = "Europe/Amsterdam";
const locales: Readonly<Record<Language, string>> = { nl: "nl-NL", en: "en-GB" };

type Format = Intl.DateTimeFormatOptions;

function format(moment: Date, language: Language, options: Format, timeZone = zone): string {
  return new Intl.DateTimeFormat(locales[language], { timeZone, ...options }).format(moment);
}

/** `08:12`, as it is on Dutch clocks. */
export function timeOf(moment: Date, language: Language): string {
  return format(moment, language, { hour: "2-digit", minute: "2-digit" });
}

/** `08:12` for a moment of today, `maandag 23 november, 08:12` for others. */
export function momentOf(moment: Date, now: Date, language: Language): string {
  const day: Format = { day: "numeric", month: "long" };
  const time = timeOf(moment, language);
  if (format(moment, language, day) === format(now, language, day)) return time;
  return `${format(moment, language, { weekday: "long", ...day })}, ${time}`;
}

/**
 * The moment at which Dutch clocks show a time, wherever the browser is.
 * @param time `2026-11-30T10:00`, as a form gives it.
 * @returns RFC 3339, UTC
 */
export function momentAt(time: string): string {
  const asIfUtc = Date.parse(`${time}Z`);
  // Once more with what came of it: the clock may have been put forward or back in between.
  const first = asIfUtc - offsetAt(asIfUtc);
  return new Date(asIfUtc - offsetAt(first)).toISOString();
}

/** How far Dutch clocks are ahead of UTC, in milliseconds. */
function offsetAt(moment: number): number {
  const shown = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  return Date.parse(`${shown.format(moment).replace(" ", "T")}Z`) - Math.floor(moment / 1000) * 1000;
}

/** `23 november 2026` */
export function dayOfMoment(moment: Date, language: Language): string {
  return format(moment, language, { day: "numeric", month: "long", year: "numeric" });
}

/** The last day that is over at a moment, which is a midnight. @param end RFC 3339 */
export function lastDayBefore(end: string, language: Language): string {
  return dayOfMoment(new Date(Date.parse(end) - 1), language);
}

/** `Noor, Sam en Emir` */
export function listOf(items: readonly string[], language: Language): string {
  return new Intl.ListFormat(locales[language]).format(items);
}

/** `maandag 23 november` @param day ISO 8601, a day without a time. */
export function dayOf(day: string, language: Language): string {
  return format(new Date(`${day}T12:00:00Z`), language, { weekday: "long", day: "numeric", month: "long" }, "UTC");
}

/** `maandag 23 november 2026 tot en met …`, or the one day. @param period ISO 8601, days; both counted */
export function periodText(
  period: { readonly firstDay: string; readonly lastDay: string },
  language: Language,
): string {
  const [first, last] = [period.firstDay, period.lastDay].map((day) => new Date(`${day}T12:00:00Z`)) as [Date, Date];
  const options: Format = { timeZone: "UTC", weekday: "short", day: "numeric", month: "long", year: "numeric" };
  return new Intl.DateTimeFormat(locales[language], options).formatRange(first, last);
}

/** `14 maart 2017` @param day ISO 8601, a day without a time. */
export function birthDateOf(day: string, language: Language): string {
  return format(new Date(`${day}T12:00:00Z`), language, { day: "numeric", month: "long", year: "numeric" }, "UTC");
}

export function monthOf(moment: Date, language: Language): string {
  return format(moment, language, { month: "long" });
}

/** Less than none where it is over. @param moment RFC 3339 */
export function minutesUntil(moment: string, now: Date): number {
  return (Date.parse(moment) - now.getTime()) / 60_000;
}

/** From how many hours on nobody counts the minutes. */
const longHours = 4;

/** `3 uur en 10 minuten`, `22 uur`: of two units, the smaller one only where it says something. @param minutes not negative */
export function durationOf(minutes: number, language: Language): string {
  const whole = Math.floor(minutes);
  const [days, hours, rest] = [Math.floor(whole / 1440), Math.floor((whole % 1440) / 60), whole % 60];
  const unit = (value: number, name: "day" | "hour" | "minute") =>
    new Intl.NumberFormat(locales[language], { style: "unit", unit: name, unitDisplay: "long" }).format(value);
  const parts = days > 0 ? [unit(days, "day"), hours > 0 && unit(hours, "hour")] : [hours > 0 && unit(hours, "hour")];
  if (days === 0 && hours < longHours && (rest > 0 || hours === 0)) parts.push(unit(rest, "minute"));
  return new Intl.ListFormat(locales[language], { type: "conjunction" }).format(
    parts.filter((part): part is string => typeof part === "string"),
  );
}
