import { Arg, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import type { SchoolContext } from "../context.ts";
import { displayName } from "../decisions/display-name.ts";
import { practicePupil } from "../decisions/practice.ts";
import { sentence } from "../decisions/sentence.ts";
import { readSignals, school } from "../schema/parties.ts";
import { Pupil, StaffMember } from "../schema/school.ts";
import { Language, Signal } from "../schema/signal.ts";
import type { SignalRow } from "../store/entities.ts";
import type { PupilNode } from "./pupil-fields.ts";
import { toStaffMember } from "./schools.ts";

@Resolver(() => Signal)
export class SignalFields {
  @FieldResolver(() => String, { description: "One fixed sentence; the same for every signal." })
  @Allow(school, readSignals)
  message(
    @Arg("language", () => Language, { nullable: true, defaultValue: Language.NL }) language: Language | null,
  ): string {
    return sentence(language ?? Language.NL);
  }

  @FieldResolver(() => Pupil, { nullable: true, description: "Whom it is about; null once sealed or erased." })
  @Allow(school, readSignals)
  async pupil(@Root() signal: SignalRow, @Ctx() { loaders }: SchoolContext): Promise<PupilNode | null> {
    if (signal.pupilId === null) return null;
    if (signal.practice) return { id: signal.pupilId, ...practicePupil, groupNumber: null };
    const read = await loaders.pupilOfSignal.load(signal.id);
    if (read === null) return null;
    const { pupilId, pupil } = read;
    return {
      id: pupilId,
      displayName: displayName(pupil),
      birthDate: pupil.birthDate,
      groupNumber: pupil.groupId,
    };
  }

  @FieldResolver(() => StaffMember, { nullable: true, description: "The teacher who was told." })
  @Allow(school, readSignals)
  async handedTo(@Root() signal: SignalRow, @Ctx() { loaders }: SchoolContext): Promise<StaffMember | null> {
    if (signal.handedToNumber === null) return null;
    const person = await loaders.staffMember.load(signal.handedToNumber);
    return person === null ? null : toStaffMember(person);
  }
}
