import { type ClassType, Directive, Field, ID, ObjectType } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { DateTimeScalar } from "../../../plumbing/scalars.ts";
import type { RegisteredIncident } from "../registry.ts";
import type { IncidentHandle } from "../store/entities.ts";
import { IncidentCategory } from "./incident-category.ts";
import type { SentSignal } from "./sent-signal.ts";

/** An incident as its agency sees it. */
export interface Incident extends RegisteredIncident {
  readonly id: string;
  readonly occurredAt: Date;
  readonly reportedAt: Date;
  /** Where they are known already; else they are loaded when they are asked for. */
  readonly signals?: readonly SentSignal[];
}

/** Puts our handle and the registry's record together. */
export function toIncident({ id, occurredAt, reportedAt }: IncidentHandle, record: RegisteredIncident): Incident {
  return { id, occurredAt, reportedAt, reference: record.reference, category: record.category };
}

export function incidentType(party: string, sentSignal: ClassType<SentSignal>) {
  @ObjectType("Incident", {
    description:
      "An incident of your own organisation that raised a signal, whether it was reported here or written in your registry.",
  })
  @Directive("@shareable")
  @Allow([party])
  class IncidentType {
    @Field(() => ID, { description: "Random; leads from nobody else's answers to yours." })
    id!: string;

    @Field(() => String, { nullable: true, description: "Your own record number." })
    reference!: string | null;

    @Field(() => DateTimeScalar)
    occurredAt!: Date;

    @Field(() => IncidentCategory)
    category!: IncidentCategory;

    @Field(() => DateTimeScalar, { description: "When it came in here." })
    reportedAt!: Date;

    @Field(() => [sentSignal], { description: "One for each child, in the order in which they were given." })
    signals!: SentSignal[];
  }
  return IncidentType;
}
