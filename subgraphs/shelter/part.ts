import type { Subgraph } from "../../plumbing/subgraph.ts";
import { agencySubgraph } from "../agency/agency-subgraph.ts";
import { agencyHops } from "../agency/hops/hops.ts";
import { type ShelterContext, shelterContext } from "./context.ts";
import { CallForTalk } from "./doors/call-for-talk.ts";
import { CancelTalk } from "./doors/cancel-talk.ts";
import { ChangeSupporter } from "./doors/change-supporter.ts";
import { ChooseMoment } from "./doors/choose-moment.ts";
import { ConfirmAction } from "./doors/confirm-action.ts";
import { ConversationEvents } from "./doors/conversation-events.ts";
import { Conversations } from "./doors/conversations.ts";
import { EndGuidance } from "./doors/end-guidance.ts";
import { GuidanceEvents } from "./doors/guidance-events.ts";
import { GuidanceFiguresDoor } from "./doors/guidance-figures.ts";
import { Guidances } from "./doors/guidances.ts";
import { InviteParent } from "./doors/invite-parent.ts";
import { ParentViews } from "./doors/parent-view.ts";
import { ParentViewEvents } from "./doors/parent-view-events.ts";
import { ProposeMoments } from "./doors/propose-moments.ts";
import { RaiseAbsence } from "./doors/raise-absence.ts";
import { RecordConsent } from "./doors/record-consent.ts";
import { RecordSchool } from "./doors/record-school.ts";
import { RecordTalk } from "./doors/record-talk.ts";
import { ReportViolence } from "./doors/report-violence.ts";
import { StartGuidance } from "./doors/start-guidance.ts";
import { SupportCircleEvents } from "./doors/support-circle-events.ts";
import { resolvePupilReference, SupportCircles } from "./doors/support-circles.ts";
import { WithdrawConsent } from "./doors/withdraw-consent.ts";
import { WithdrawOwnConsent } from "./doors/withdraw-own-consent.ts";
import { endSearch, findSchool, reportTalk } from "./hops/circle-hops.ts";
import { endConsentTask } from "./hops/end-consent.ts";
import { eraseGuidanceTask } from "./hops/erase-guidance.ts";
import { mailSupporterTask, remindContacts, remindOfTalkTask } from "./hops/remind-of-talk.ts";
import { tellOfFamilyTask } from "./hops/tell-of-family.ts";
import { shelterTimers } from "./hops/timers.ts";
import { ShelterGuidance } from "./registry/entities.ts";
import { shelterRegistry } from "./registry/shelter-registry.ts";
import { readShelterSettings, type ShelterSettings } from "./settings.ts";
import { guidanceEntities } from "./store/entities.ts";
import { ParentCodeRow, SharingRow } from "./store/parents.ts";
import { circleStreams, conversationStreams, guidanceStreams } from "./store/streams.ts";

const agency = agencySubgraph({ party: "shelter", registry: shelterRegistry });

/** A shelter signals as every agency does and, apart from that, guides families. */
export const shelterSubgraph: Subgraph<ShelterContext, ShelterSettings> = {
  ...agency,
  schema: {
    resolvers: [
      ...agency.schema.resolvers,
      StartGuidance,
      ChangeSupporter,
      EndGuidance,
      RecordConsent,
      WithdrawConsent,
      Guidances,
      GuidanceEvents,
      SupportCircles,
      SupportCircleEvents,
      RecordSchool,
      RaiseAbsence,
      ReportViolence,
      InviteParent,
      ParentViews,
      ParentViewEvents,
      WithdrawOwnConsent,
      GuidanceFiguresDoor,
      CallForTalk,
      ProposeMoments,
      ChooseMoment,
      RecordTalk,
      ConfirmAction,
      CancelTalk,
      Conversations,
      ConversationEvents,
    ],
    references: { ...agency.schema.references, Pupil: resolvePupilReference },
  },
  entities: [...agency.entities, ShelterGuidance, ...guidanceEntities, ParentCodeRow, SharingRow],
  settings: readShelterSettings,
  context: shelterContext,
  streams: (claims) => [
    ...agency.streams(claims),
    ...circleStreams(claims),
    ...conversationStreams(claims),
    ...guidanceStreams(claims),
  ],
  hops: (_, pseudonymKey) => ({
    ...agencyHops(pseudonymKey),
    findSchool,
    endSearch,
    remindContacts,
    reportTalk,
  }),
  tasks: (room) => ({
    endConsent: endConsentTask(room),
    eraseGuidance: eraseGuidanceTask(room),
    remindOfTalk: remindOfTalkTask(room),
    mailSupporter: mailSupporterTask(room),
    tellOfFamily: tellOfFamilyTask(room),
  }),
  timers: shelterTimers,
};
