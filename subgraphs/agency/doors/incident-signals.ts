import { type ClassType, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Agency } from "../agency.ts";
import type { AgencyContext } from "../context.ts";
import type { AgencyTypes } from "../schema/agency-types.ts";
import type { Incident } from "../schema/incident.ts";
import type { SentSignal } from "../schema/sent-signal.ts";

/** `Incident.signals` */
export function incidentSignalsDoor(_: Agency, types: AgencyTypes): ClassType {
  @Resolver(() => types.incident)
  class IncidentSignals {
    @FieldResolver(() => [types.sentSignal])
    async signals(
      @Root() { id, signals }: Incident,
      @Ctx() { signalsOfIncident }: AgencyContext,
    ): Promise<readonly SentSignal[]> {
      return signals ?? signalsOfIncident.load(id);
    }
  }
  return IncidentSignals;
}
