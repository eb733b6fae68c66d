import { agencyDeeds } from "./agency-deeds.ts";
import type { Deed } from "./deed.ts";
import { deskDeeds } from "./desk-deeds.ts";
import { officeDeeds } from "./office-deeds.ts";
import { type AgencyName, agencies, type Scene } from "./scene.ts";
import { schoolDeeds } from "./school-deeds.ts";
import { shelterDeeds } from "./shelter-deeds.ts";
import { talkDeeds } from "./talk-deeds.ts";

/** All that each part does with a child's data when it is asked. */
export function deedsIn(scene: Scene): readonly Deed[] {
  return [
    ...(Object.keys(agencies) as AgencyName[]).flatMap((party) => agencyDeeds(scene, party)),
    ...officeDeeds(scene),
    ...deskDeeds(scene),
    ...schoolDeeds(scene),
    ...shelterDeeds(scene),
    ...talkDeeds(scene),
  ];
}
