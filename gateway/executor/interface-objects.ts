import type { DocumentNode } from "graphql";
import { isSet, uses } from "../contracts/directives.ts";
import type { PossibleTypes } from "./possible-types.ts";

/** The interfaces as which an object may be met that some subgraph knows by its interface only (`@interfaceObject`). */
export function interfaceObjectsOf(supergraph: DocumentNode, types: PossibleTypes): ReadonlySet<string> {
  const interfaces = supergraph.definitions.filter((type) => type.kind === "InterfaceTypeDefinition");
  const objects = interfaces.filter((type) =>
    uses(type, "join__type").some((directive) => isSet(directive, "isInterfaceObject")),
  );
  const names = interfaces.map(({ name }) => name.value);
  return new Set(names.filter((name) => objects.some((object) => types.fits(object.name.value, name))));
}
