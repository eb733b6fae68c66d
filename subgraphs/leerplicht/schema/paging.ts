import { pagingTypes } from "../../../plumbing/paging.ts";
import { leerplicht, release } from "./parties.ts";

/** Makes the connections of this subgraph, which share one `PageInfo`. */
export const connectionType = pagingTypes([...leerplicht, ...release]);
