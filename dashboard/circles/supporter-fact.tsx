import { Reach } from "../elements/reach.tsx";
import type { Reachable } from "./circles.ts";

/** Who guides the family, and how to reach them: one of a list of facts. */
export function SupporterFact({ label, supporter }: { readonly label: string; readonly supporter: Reachable }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {supporter.name}
        <Reach telephone={supporter.telephone} email={supporter.email} />
      </dd>
    </div>
  );
}
