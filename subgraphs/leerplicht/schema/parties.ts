/** Who may reach the types of this subgraph. */
export const leerplicht = ["leerplicht"];
export const school = ["school"];
/** The region's release desk, where there is one. */
export const release = ["release"];
export const operator = ["operator"];

/** The tag of all who send signals, each of whom may ask how far its own are. */
export const agency = "agency";

export const manageRouting = "routing:manage";
export const reportAbsences = "absences:report";
export const manageReleases = "releases:manage";
export const readStatistics = "statistics:read";

/** The part of the schools' inboxes. */
export const schoolPart = ["school"];
/** The part of the families in guidance. */
export const shelterPart = ["shelter"];
/**
 * The parts that send signals: whichever there are, so that another agency needs no change here. Those that learn where a
 * child goes to school are none: a signal of their own would come back and tell it of any child.
 */
export const agencyParts = { allBut: ["leerplicht", "school"] };
