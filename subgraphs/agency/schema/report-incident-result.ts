import { type ClassType, createUnionType, Directive, Field, ObjectType } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { type Problem, problems, type ReportProblem } from "../decisions/problem.ts";
import type { Incident } from "./incident.ts";
import type { SentSignal } from "./sent-signal.ts";

export interface IncidentReported {
  readonly __typename: "IncidentReported";
  readonly replayed: boolean;
  readonly incident: Incident;
  readonly signals: readonly SentSignal[];
}

export interface InvalidInput {
  readonly __typename: "InvalidInput";
  readonly code: "INVALID_INPUT" | "ORGANISATION_UNKNOWN";
  readonly problems: readonly ReportProblem[];
}

export interface IdempotencyConflict {
  readonly __typename: "IdempotencyConflict";
  readonly code: "IDEMPOTENCY_CONFLICT";
}

export type ReportIncidentResult = IncidentReported | InvalidInput | IdempotencyConflict;

const problemList = Object.entries(problems)
  .map(([code, meaning]) => `- \`${code}\`: ${meaning}`)
  .join("\n");

export function reportIncidentResult(party: string, incident: ClassType<object>, sentSignal: ClassType<SentSignal>) {
  @ObjectType("IncidentReported", {
    description:
      "The report is accepted and its signals will arrive. A child whom nobody can match gets the same answer as one who is matched.",
  })
  @Directive("@shareable")
  @Allow([party])
  class IncidentReportedType {
    @Field(() => Boolean, { description: "Whether the same report had come before, under the same key." })
    replayed!: boolean;

    @Field(() => incident)
    incident!: Incident;

    // Answered from here alone, so that an answer neither waits for Leerplicht nor differs on a replay.
    @Field(() => [sentSignal], {
      description:
        "One for each child, in the order of `children`. Their `progress` is SENT here, also on a replay; ask `sentSignals` for how far they are.",
    })
    @Directive('@provides(fields: "progress")')
    signals!: SentSignal[];
  }

  @ObjectType("InputProblem", { description: "One thing that is wrong, and where. The value is not repeated." })
  @Directive("@shareable")
  @Allow([party])
  class InputProblemType implements ReportProblem {
    @Field(() => String, { description: "Where in the input, for example `children[2].bsn`." })
    path!: string;

    @Field(() => String, { description: `What is wrong with it:\n${problemList}` })
    code!: Problem;
  }

  @ObjectType("InvalidInput", { description: "Nothing was stored." })
  @Directive("@shareable")
  @Allow([party])
  class InvalidInputType {
    @Field(() => String, {
      description:
        "`INVALID_INPUT`: see `problems`. `ORGANISATION_UNKNOWN`: your registry has no unit of your token's organisation.",
    })
    code!: InvalidInput["code"];

    @Field(() => [InputProblemType], { description: "Every problem that was found." })
    problems!: InputProblemType[];
  }

  @ObjectType("IdempotencyConflict", {
    description: "Another report has come under this key before. Nothing was stored: use a new key for a new report.",
  })
  @Directive("@shareable")
  @Allow([party])
  class IdempotencyConflictType {
    @Field(() => String, { description: "`IDEMPOTENCY_CONFLICT`" })
    code!: IdempotencyConflict["code"];
  }

  return createUnionType({
    name: "ReportIncidentResult",
    description: "Either the report is accepted, or it says why not.",
    types: () => [IncidentReportedType, InvalidInputType, IdempotencyConflictType] as const,
    resolveType: (value) => (value as unknown as ReportIncidentResult).__typename,
  });
}
