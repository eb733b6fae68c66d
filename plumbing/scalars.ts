import { GraphQLScalarType } from "graphql";
import { GraphQLDateTimeISO, GraphQLLocalDate } from "graphql-scalars";

/** A calendar day without a time, for example 2026-11-23. */
export const DateScalar = new GraphQLScalarType({
  ...GraphQLLocalDate.toConfig(),
  name: "Date",
  specifiedByURL: "https://scalars.graphql.org/andimarek/local-date",
  description: "A calendar day without a time (ISO 8601), for example `2026-11-23`.",
});

/** A moment in UTC. */
export const DateTimeScalar = new GraphQLScalarType({
  ...GraphQLDateTimeISO.toConfig(),
  name: "DateTime",
  specifiedByURL: "https://scalars.graphql.org/andimarek/date-time",
  description: "A moment in UTC (RFC 3339), for example `2026-11-23T06:45:00.000Z`.",
});
