import type { ProcessingEntry } from "../../plumbing/processing-chain.ts";

/**
 * An entry of a processing log as the standard Logboek Dataverwerkingen (Logius, component Logboek) names its fields, and
 * orders them. It names nobody whose data it is about. What stands in which field, and why: docs/processing-log.md.
 */
export interface LogboekRecord {
  /** 16 bytes, hexadecimal; null in an entry of a version that gave none to what a timer set off. */
  readonly trace_id: string | null;
  /** 8 bytes, hexadecimal. */
  readonly span_id: string;
  readonly status_code: "STATUS_CODE_OK";
  readonly name: string;
  /** RFC 3339, UTC, milliseconds. */
  readonly start_time: string;
  readonly end_time: string;
  readonly resource: { readonly attributes: Readonly<Record<"service.name", string>> };
  readonly attributes: Readonly<Record<`dpl.${string}`, string>>;
}

/** @param register the URI of the register of processing activities, to which the activity's name is added. */
export function toLogboekRecord(part: string, register: string, entry: ProcessingEntry): LogboekRecord {
  const { trace, hash, activity, at, subject, actor, party, organisation, object } = entry;
  // An entry is there once its transaction is committed, which is one moment for it and for what it records.
  const moment = at.toISOString();
  return {
    trace_id: trace,
    span_id: hash.slice(0, 16),
    status_code: "STATUS_CODE_OK",
    name: activity,
    start_time: moment,
    end_time: moment,
    resource: { attributes: { "service.name": part } },
    attributes: {
      "dpl.core.processing_activity_id": `${register}${part}.${activity}`,
      ...(subject === null
        ? {}
        : { "dpl.core.data_subject_id": subject, "dpl.core.data_subject_id_type": keyedDigest }),
      "dpl.handle_with_care.actor": actor,
      "dpl.handle_with_care.party": party,
      ...(organisation === null ? {} : { "dpl.handle_with_care.organisation": organisation }),
      ...(object === null ? {} : { "dpl.handle_with_care.object": object }),
    },
  };
}

/** How a person stands in a log: by a digest that only the part can make (`subjectDigest`). */
const keyedDigest = "HMAC-SHA-256";
