/** Whether a text can be compared with a uuid column: PostgreSQL answers another with an error that repeats it. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
