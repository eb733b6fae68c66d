import { GraphQLError, type GraphQLFormattedError } from "graphql";

/** Every fault that a client can meet, with the one text that it is told in. */
const texts = {
  BAD_REQUEST: "The request cannot be read.",
  BAD_USER_INPUT: "A variable or argument has a value that the schema does not allow.",
  GRAPHQL_PARSE_FAILED: "The document is not valid GraphQL.",
  GRAPHQL_VALIDATION_FAILED: "The document does not fit the schema.",
  OPERATION_RESOLUTION_FAILURE: "The operation to run cannot be told from the request.",
  OPERATION_NOT_REGISTERED: "Only operations that have been registered are run here.",
  OPERATION_TOO_LARGE: "The operation asks for more than is allowed in one request.",
  UNAUTHENTICATED: "A valid access token is needed.",
  FORBIDDEN: "The access token does not allow this.",
  CURSOR_UNKNOWN: "The cursor is not known. Read the list anew and subscribe without a cursor.",
  PAGE_TOO_LARGE: "`first` must be from 0 to 500.",
  SUBGRAPH_UNAVAILABLE: "A part of the answer cannot be had at the moment.",
  SUBGRAPH_ERROR: "A part of the answer could not be made.",
  SLOW_CONSUMER: "Events came faster than they were read. Resume from the last cursor.",
  INTERNAL_SERVER_ERROR: "Something went wrong here. It has been noted.",
} as const;

export type FaultCode = keyof typeof texts;

/** A fault as a GraphQL error: a constant text and a stable `extensions.code`. */
export class Fault extends GraphQLError {
  readonly code: FaultCode;

  constructor(code: FaultCode) {
    super(texts[code], { extensions: { code } });
    this.name = "Fault";
    this.code = code;
  }
}

export function isFaultCode(code: unknown): code is FaultCode {
  return typeof code === "string" && Object.hasOwn(texts, code);
}

/** The text that goes with a code; for a code of another part, a text that says nothing. */
export function faultText(code: string): string {
  return isFaultCode(code) ? texts[code] : texts.SUBGRAPH_ERROR;
}

const codeShape = /^[A-Z][A-Z0-9_]{0,63}$/;

/** The code of another part's error, whatever it sent, where it has one of the shape that all have. */
export function codeOf(error: unknown): string {
  const { extensions } = (error ?? {}) as { extensions?: unknown };
  const { code } = (extensions ?? {}) as { code?: unknown };
  return typeof code === "string" && codeShape.test(code) ? code : "SUBGRAPH_ERROR";
}

/**
 * What leaves a part of an error: its code with our own constant text, the path and the
 * positions. Messages of libraries repeat what the client sent (a bad variable, a duplicate
 * key), so not one of them goes out.
 */
export function maskError(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const given = formatted.extensions?.["code"];
  const code = typeof given === "string" && codeShape.test(given) ? given : "INTERNAL_SERVER_ERROR";
  return {
    message: faultText(code),
    ...(formatted.locations ? { locations: formatted.locations } : {}),
    ...(formatted.path ? { path: formatted.path } : {}),
    extensions: { code },
  };
}
