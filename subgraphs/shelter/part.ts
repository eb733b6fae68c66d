import type { Subgraph } from "../../plumbing/subgraph.ts";
import { agencySubgraph } from "../agency/agency-subgraph.ts";
import type { AgencySettings } from "../agency/settings.ts";
import { type ShelterContext, shelterContext } from "./context.ts";
import { EndGuidance } from "./doors/end-guidance.ts";
import { GuidanceEvents } from "./doors/guidance-events.ts";
import { Guidances } from "./doors/guidances.ts";
import { RecordConsent } from "./doors/record-consent.ts";
import { RecordSchool } from "./doors/record-school.ts";
import { StartGuidance } from "./doors/start-guidance.ts";
import { SupportCircleEvents } from "./doors/support-circle-events.ts";
import { resolvePupilReference, SupportCircles } from "./doors/support-circles.ts";
import { WithdrawConsent } from "./doors/withdraw-consent.ts";
import { endSearch, findSchool } from "./hops/circle-hops.ts";
import { endConsentTask } from "./hops/end-consent.ts";
import { eraseGuidanceTask } from "./hops/erase-guidance.ts";
import { ShelterGuidance } from "./registry/entities.ts";
import { shelterRegistry } from "./registry/shelter-registry.ts";
import { guidanceEntities } from "./store/entities.ts";

const agency = agencySubgraph({ party: "shelter", registry: shelterRegistry });

/** A shelter signals as every agency does and, apart from that, guides families. */
export const shelterSubgraph: Subgraph<ShelterContext, AgencySettings> = {
  ...agency,
  schema: {
    resolvers: [
      ...agency.schema.resolvers,
      StartGuidance,
      EndGuidance,
      RecordConsent,
      WithdrawConsent,
      Guidances,
      GuidanceEvents,
      SupportCircles,
      SupportCircleEvents,
      RecordSchool,
    ],
    references: { ...agency.schema.references, Pupil: resolvePupilReference },
  },
  entities: [...agency.entities, ShelterGuidance, ...guidanceEntities],
  context: shelterContext,
  hops: { ...agency.hops, findSchool, endSearch },
  tasks: (room) => ({ endConsent: endConsentTask(room), eraseGuidance: eraseGuidanceTask(room) }),
};
