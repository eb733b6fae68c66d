import type { Bsn } from "../../../plumbing/identifiers.ts";
import type { IncidentCategory } from "./incident-category.ts";

/** A report as a client gave it. */
export interface GivenReport {
  readonly idempotencyKey: string;
  readonly reference?: string | null;
  readonly occurredAt: Date;
  readonly category: IncidentCategory;
  readonly children: readonly GivenChild[];
}

export interface GivenChild {
  readonly bsn?: string | null;
  readonly name?: GivenName | null;
  /** `YYYY-MM-DD`, an existing day. */
  readonly birthDate?: string | null;
}

export interface GivenName {
  readonly givenName?: string | null;
  readonly prefix?: string | null;
  readonly familyName?: string | null;
}

/** A report that has passed the checks. What is absent is undefined, and no text is blank. */
export interface IncidentReport {
  readonly reference: string | undefined;
  readonly occurredAt: Date;
  readonly category: IncidentCategory;
  readonly children: readonly ReportedChild[];
}

export interface ReportedChild {
  readonly bsn: Bsn | undefined;
  readonly givenName: string | undefined;
  readonly prefix: string | undefined;
  readonly familyName: string | undefined;
  /** `YYYY-MM-DD` */
  readonly birthDate: string | undefined;
}
