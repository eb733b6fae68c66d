import type { IncomingMessage, ServerResponse } from "node:http";
import type Provider from "oidc-provider";
import { readBody } from "../plumbing/http-body.ts";
import type { Person } from "./people.ts";
import { languageOf, pageHeaders, personPage } from "./sign-in-page.ts";

/** Below which the pages are on which people sign in. */
export const signInPath = "/sign-in/";

/** How large a form may be, in bytes. */
const formLimit = 4_096;

/** Answers the page on which somebody picks who they are, and the choice that comes back from it. */
export async function answerSignIn(
  provider: Provider,
  people: readonly Person[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // Another one's cookie, or one that has expired.
  const interaction = await provider.interactionDetails(request, response).catch(() => undefined);
  if (interaction === undefined) return void response.writeHead(400, pageHeaders).end();
  if (request.method === "GET") {
    const language = languageOf(interaction.params["ui_locales"]);
    return void response.writeHead(200, pageHeaders).end(personPage(people, language));
  }
  const body = await readBody(request, formLimit);
  const chosen = body === "too large" ? null : new URLSearchParams(body.toString()).get("person");
  const person = people.find(({ id }) => id === chosen);
  if (request.method !== "POST" || person === undefined) return void response.writeHead(400, pageHeaders).end();
  await provider.interactionFinished(request, response, { login: { accountId: person.id, remember: false } });
}
