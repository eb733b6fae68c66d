import { Arg, type ClassType, Ctx, Directive, ID, Query, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import type { Agency } from "../agency.ts";
import type { AgencyContext } from "../context.ts";
import type { AgencyTypes } from "../schema/agency-types.ts";
import { type Incident, toIncident } from "../schema/incident.ts";
import { reading } from "../scopes.ts";
import { findIncident } from "../store/incidents.ts";
import { recordSignals } from "../store/processing.ts";
import { sentSignalsOf } from "../store/sent-signals.ts";

export function incidentDoor({ party, registry }: Agency, types: AgencyTypes): ClassType {
  @Resolver()
  class OneIncident {
    @Query(() => types.incident, {
      nullable: true,
      description: "One incident of your organisation; null where you have none of this id.",
    })
    @Directive("@shareable")
    @Allow([party], reading)
    async incident(
      @Arg("id", () => ID) id: string,
      @Ctx() { claims, database }: AgencyContext,
    ): Promise<Incident | null> {
      if (!isUuid(id)) return null;
      return database.transaction(claims, async (rows) => {
        const handle = await findIncident(rows, id);
        if (handle === null) return null;
        recordSignals(rows, claims, "incident.read", await sentSignalsOf(rows, [handle.id]));
        const record = (await registry.read(rows, [handle.registryKey])).get(handle.registryKey);
        return record ? toIncident(handle, record) : null;
      });
    }
  }
  return OneIncident;
}
