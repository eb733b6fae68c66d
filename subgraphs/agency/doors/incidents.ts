import { Args, type ClassType, Ctx, Directive, Query, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { type Connection, toConnection } from "../../../plumbing/paging.ts";
import type { Agency } from "../agency.ts";
import type { AgencyContext } from "../context.ts";
import type { AgencyTypes } from "../schema/agency-types.ts";
import { type Incident, toIncident } from "../schema/incident.ts";
import { PageArguments, pageAsked } from "../schema/page-arguments.ts";
import { reading } from "../scopes.ts";
import { pageOfIncidents } from "../store/incidents.ts";
import { recordSignals } from "../store/processing.ts";
import { sentSignalsOf } from "../store/sent-signals.ts";

export function incidentsDoor({ party, registry }: Agency, types: AgencyTypes): ClassType {
  @Resolver()
  class Incidents {
    @Query(() => types.incidentConnection, {
      description: "The incidents of your organisation that raised a signal, the latest first.",
    })
    @Directive("@shareable")
    @Allow([party], reading)
    async incidents(
      @Args(() => PageArguments) page: PageArguments,
      @Ctx() { claims, database }: AgencyContext,
    ): Promise<Connection<Incident>> {
      const request = pageAsked(page);
      return database.transaction(claims, async (rows) => {
        const handles = await pageOfIncidents(rows, request);
        const shown = handles.slice(0, request.limit - 1).map(({ id }) => id);
        recordSignals(rows, claims, "incident.read", await sentSignalsOf(rows, shown));
        const records = await registry.read(
          rows,
          handles.map(({ registryKey }) => registryKey),
        );
        const connection = toConnection(
          handles,
          request,
          ({ reportedAt, id }) => ({ at: reportedAt, id }),
          (handle) => {
            const record = records.get(handle.registryKey);
            return record && toIncident(handle, record);
          },
        );
        // An incident that has left the registry is left out; its signals stay on their way.
        return {
          ...connection,
          edges: connection.edges.flatMap(({ cursor, node }) => (node ? [{ cursor, node }] : [])),
        };
      });
    }
  }
  return Incidents;
}
