import { type Hop, send } from "../../../plumbing/outbox.ts";
import { byItself } from "../../../plumbing/processing-log.ts";
import { CircleSearchRow } from "../store/circle-entities.ts";
import { closeSearchTask, openSearchTask } from "../store/search-task.ts";
import { recordSought, takeSearchTurn } from "../store/sought.ts";

type Answer =
  | { readonly openCircle: { readonly __typename: "CircleOpened"; readonly circleKey: string } }
  | { readonly openCircle: { readonly __typename: "CircleNotOpened" } };

/**
 * Tells a school of a circle; its key goes back to the part that asked. A school that has no such pupil is a task.
 * @param pseudonymKey by which the processing log stands for the child.
 */
export function openCircle(pseudonymKey: string): Hop<{ readonly id: string }, Answer> {
  return {
    document: `mutation OpenCircle($input: OpenCircleInput!) {
      openCircle(input: $input) { __typename ... on CircleOpened { circleKey } }
    }`,
    async acknowledged(rows, { id: circleId }, { openCircle: answer }, now) {
      const known = await rows.findOneBy(CircleSearchRow, { circleId });
      if (known === null) return;
      await takeSearchTurn(rows, known.id);
      const search = await rows.findOneBy(CircleSearchRow, { circleId });
      // Another school is in by now, or none.
      if (search?.schoolId == null) return;
      recordSought(rows, byItself(search.organisation, pseudonymKey), "circle.tell", search);
      if (answer.__typename === "CircleOpened") {
        search.turn += 1;
        const found = { schoolId: search.schoolId, circleKey: answer.circleKey };
        await send(rows, "recordSchool", { id: search.id, turn: search.turn, found });
        await closeSearchTask(rows, search.id, "ROUTED", now);
      } else {
        search.schoolId = null;
        search.circleId = null;
      }
      await rows.save(CircleSearchRow, search);
      if (search.schoolId === null) await openSearchTask(rows, search, "CIRCLE_SCHOOL_UNKNOWN", now);
    },
  };
}

/** Tells a school to forget a circle. It may overtake the news of it. */
export const closeCircle: Hop = {
  document: "mutation CloseCircle($input: CloseCircleInput!) { closeCircle(input: $input) { accepted } }",
};

/** Tells the part that asked where the child goes to school, or that it goes to none. */
export const recordSchool: Hop = {
  document: "mutation RecordSchool($input: RecordSchoolInput!) { recordSchool(input: $input) { accepted } }",
};
