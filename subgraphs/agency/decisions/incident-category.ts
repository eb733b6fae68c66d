/** What kind of incident it was. It stays in the agency's registry and is sent to nobody. */
export const IncidentCategory = {
  DOMESTIC_VIOLENCE: "DOMESTIC_VIOLENCE",
  CHILD_ABUSE: "CHILD_ABUSE",
  SERIOUS_THREAT: "SERIOUS_THREAT",
  OTHER: "OTHER",
} as const;

export type IncidentCategory = (typeof IncidentCategory)[keyof typeof IncidentCategory];

/** The category that a code of a registry stands for. A code that no category has counts as OTHER. */
export function categoryOf<Code>(code: Code | null, codes: Readonly<Record<IncidentCategory, Code>>): IncidentCategory {
  return Object.values(IncidentCategory).find((category) => codes[category] === code) ?? IncidentCategory.OTHER;
}
