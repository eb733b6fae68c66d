import type { ExecutionResult, GraphQLError } from "graphql";

/** An answer of which the data have been printed already. */
export interface PrintedAnswer {
  /** JSON text; undefined where the operation was not run. */
  readonly data?: string;
  readonly errors: readonly GraphQLError[];
}

export interface AnswerText {
  /** The whole answer as JSON text. */
  readonly text: string;
  /** Whether the operation was run, be it with errors. */
  readonly ok: boolean;
  /** Empty where nothing went wrong; their messages and codes are those of the text. */
  readonly errors: readonly GraphQLError[];
}

export function asText({ data, errors }: PrintedAnswer): AnswerText {
  return { text: textOf(data, errors), ok: data !== undefined, errors };
}

function textOf(data: string | undefined, errors: readonly GraphQLError[]): string {
  if (data === undefined) return `{"errors":${JSON.stringify(errors)}}`;
  return errors.length === 0 ? `{"data":${data}}` : `{"data":${data},"errors":${JSON.stringify(errors)}}`;
}

export function asResult({ data, errors }: PrintedAnswer): ExecutionResult {
  return {
    ...(data === undefined ? {} : { data: JSON.parse(data) as Record<string, unknown> | null }),
    ...(errors.length > 0 ? { errors } : {}),
  };
}
