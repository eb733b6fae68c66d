import type { IncomingMessage, ServerResponse } from "node:http";
import { Fault } from "../../plumbing/faults.ts";
import { refusal, send, sendProblem } from "../../plumbing/http-answer.ts";
import type { GatewayConfig } from "../settings.ts";
import type { SignIn } from "../sign-in.ts";
import type { Federation } from "./federation.ts";
import { editorPolicy, pageHeaders, strictPolicy } from "./page-headers.ts";
import { StaticFiles } from "./static-files.ts";

/** Where the explorer is, where there is one. */
const explorerPath = "/graphiql";

/** What pages are given besides their files. */
export interface PageSources {
  readonly signIn: SignIn;
  readonly federation: Federation;
}

/** Answers a request for a page; false where the path is not its own. */
export type AnswerPage = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/**
 * Serves the web application of `STATIC_FILES` at `/`, and with it what it has to know: `/settings.json` (where to
 * sign in) and, for callers of the operators' contract, `/federation`.
 * @returns undefined where there is none to serve.
 * @throws ConfigError where a folder holds none.
 */
export async function openPages(
  config: GatewayConfig,
  { signIn, federation }: PageSources,
): Promise<AnswerPage | undefined> {
  const { pages, provider } = config;
  if (pages === undefined) return undefined;
  const connect = provider === undefined ? [] : [new URL(provider.issuer).origin];
  const explorerFolder = config.isDevelopment ? pages.explorer : undefined;
  const application = await StaticFiles.open(pages.folder, "", pageHeaders(strictPolicy(connect)));
  const explorer =
    explorerFolder === undefined
      ? undefined
      : await StaticFiles.open(explorerFolder, explorerPath, pageHeaders(editorPolicy(connect)));
  const settings = JSON.stringify({
    ...(provider === undefined ? {} : { issuer: provider.issuer, clientId: pages.clientId }),
    explorer: explorer !== undefined,
  });
  return async (request, response) => {
    const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
    if (path === "/settings.json" || path === "/federation") {
      if (request.method !== "GET") sendProblem(response, 405, "BAD_REQUEST", { allow: "GET" });
      else if (path === "/settings.json") send(response, { status: 200, text: settings });
      else await answerFederation(request, response);
      return true;
    }
    if (explorer !== undefined && (await explorer.answer(request, response, path))) return true;
    return application.answer(request, response, path);
  };

  async function answerFederation(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const { party } = await signIn.verify(request.headers.authorization);
      if (party !== pages?.operators) throw new Fault("FORBIDDEN");
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return send(response, refusal(error));
    }
    send(response, { status: 200, text: JSON.stringify(await federation.state()) });
  }
}
