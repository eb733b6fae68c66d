/** Whether a text is a day of the calendar, written `YYYY-MM-DD`, in a year that a registry may hold. */
export function isDay(text: string): boolean {
  if (!/^(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}$/.test(text)) return false;
  const moment = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
}
