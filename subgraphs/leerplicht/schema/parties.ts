/** Who may reach the types of this subgraph. */
export const leerplicht = ["leerplicht"];
export const school = ["school"];
/** The region's release desk, where there is one. */
export const release = ["release"];
export const operator = ["operator"];

/** Those who send signals, and may ask how far their own are. */
export const agencies = ["police", "shelter", "crisis"];

export const manageRouting = "routing:manage";
export const manageReleases = "releases:manage";
export const readStatistics = "statistics:read";
