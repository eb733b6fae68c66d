import { randomUUID } from "node:crypto";
import { type OwnSystem, readRoll } from "../own-system.ts";

/** A child as an agency names it: by BSN, or by name and birth date. */
type ReportedChild =
  | { readonly bsn: string | undefined }
  | { readonly name: { readonly givenName: string; readonly familyName: string }; readonly birthDate: string };

/** An agency that reports, and a school that brings what came of it to its end. */
export interface Signals {
  /** @param child the next pupil of the roll, unless it is said. @returns once the report is accepted */
  raise(child?: ReportedChild): Promise<void>;
  /** Says of each open signal that support was given. */
  settle(): Promise<void>;
}

export async function openSignals({ gateway, tokenOf }: OwnSystem): Promise<Signals> {
  const [police, contact] = [await tokenOf("police-integrator"), await tokenOf("school-contact")];
  const children = await readRoll("99AA00");
  let sent = 0;
  const nextPupil = (): ReportedChild => {
    sent += 1;
    return { bsn: children[(sent - 1) % children.length] };
  };
  const ask = async (token: string, query: string, variables: unknown) => {
    const response = await fetch(gateway.http, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data } = (await response.json()) as { data: Record<string, unknown> };
    return data;
  };
  return {
    async raise(child = nextPupil()) {
      const input = {
        idempotencyKey: randomUUID(),
        occurredAt: new Date().toISOString(),
        category: "OTHER",
        children: [child],
      };
      const report = "mutation ($input: ReportIncidentInput!) { reportIncident(input: $input) { __typename } }";
      await ask(police, report, { input });
    },
    async settle() {
      const { signals } = (await ask(
        contact,
        "{ signals(status: [RAISED], first: 100) { edges { node { id } } } }",
        {},
      )) as {
        signals: { edges: { node: { id: string } }[] };
      };
      const confirm = "mutation ($id: ID!) { confirmSupport(input: { signalId: $id }) { __typename } }";
      for (const { node } of signals.edges) await ask(contact, confirm, node);
    },
  };
}
