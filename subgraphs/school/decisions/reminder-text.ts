/**
 * What a contact person is mailed: the same for every signal, so that a mail tells nothing but that it came. In plain
 * ASCII, which no relay has a reason to write otherwise.
 */
export function reminderText(dashboardUrl: string | undefined): { readonly subject: string; readonly text: string } {
  return {
    subject: "Er staat een bericht voor u klaar / A message is waiting for you",
    text: [
      "Er staat een bericht voor u klaar. Meld u aan om het te lezen.",
      "A message is waiting for you. Please sign in to read it.",
      ...(dashboardUrl === undefined ? [] : [dashboardUrl]),
    ]
      .map((line) => `${line}\n`)
      .join("\n"),
  };
}
