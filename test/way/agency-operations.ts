/** Reports an incident: `$input`. */
export const report = `mutation ($input: ReportIncidentInput!) { reportIncident(input: $input) {
  __typename
  ... on IncidentReported { replayed incident { id } signals { id progress dueBy } }
  ... on InvalidInput { code problems { path code } }
} }`;

/** How far the signals are that an agency has sent. */
export const sent = "{ sentSignals(first: 100) { edges { node { id progress } } } }";
