import type { SchoolContext } from "../context.ts";
import type { School } from "../schema/school.ts";
import { schoolById } from "./schools.ts";

/** Answers another subgraph's reference to a school. */
export function resolveSchoolReference(
  { id }: { readonly id: string },
  context: SchoolContext,
): Promise<School | null> {
  return schoolById(id, context);
}
