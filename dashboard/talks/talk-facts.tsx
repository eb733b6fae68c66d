import { useNow } from "../elements/use-now.ts";
import { useFamilyTexts } from "../language/family/use-family-texts.ts";
import { useLanguage } from "../language/language.ts";
import { listOf, momentOf } from "../language/moments.ts";
import type { Talk } from "./talks.ts";

/** How far a talk is, when and where it will be, and who takes part. */
export function TalkFacts({
  talk,
}: {
  readonly talk: Pick<Talk, "status" | "startsAt" | "place" | "participants" | "concern">;
}) {
  const { status, startsAt, place, participants, concern } = talk;
  const { talks: texts } = useFamilyTexts();
  const language = useLanguage();
  const now = useNow(60_000);
  const who = participants.map(({ name, role }) =>
    name === null ? texts.roles[role] : `${name} (${texts.roles[role]})`,
  );
  return (
    <>
      <p>
        <strong>{texts.status[status]}</strong>
      </p>
      <dl className="facts">
        {startsAt && (
          <div>
            <dt>{texts.startsAt}</dt>
            <dd>{momentOf(new Date(startsAt), now, language)}</dd>
          </div>
        )}
        {place && (
          <div>
            <dt>{texts.place}</dt>
            <dd>{place}</dd>
          </div>
        )}
        <div>
          <dt>{texts.participants}</dt>
          <dd>{listOf(who, language)}</dd>
        </div>
        {concern && (
          <div>
            <dt>{texts.concern}</dt>
            <dd>{`${texts.concerns[concern.kind] ?? concern.kind} (${texts.sides[concern.raisedBy] ?? concern.raisedBy})`}</dd>
          </div>
        )}
      </dl>
    </>
  );
}
