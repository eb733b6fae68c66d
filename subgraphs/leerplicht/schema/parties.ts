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
