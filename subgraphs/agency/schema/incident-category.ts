import { registerEnumType } from "type-graphql";
import { IncidentCategory } from "../decisions/incident-category.ts";

registerEnumType(IncidentCategory, {
  name: "IncidentCategory",
  description: "What kind of incident it was. It stays in your own registry: no other party is ever told.",
  valuesConfig: {
    DOMESTIC_VIOLENCE: { description: "Violence between people of one home." },
    CHILD_ABUSE: { description: "Violence against, or neglect of, a child." },
    SERIOUS_THREAT: { description: "A serious threat at home." },
    OTHER: { description: "Another serious incident at home after which the child may need support." },
  },
});

export { IncidentCategory };
