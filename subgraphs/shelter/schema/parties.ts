/** Who may reach the types of guidance. */
export const shelter = ["shelter"];
export const school = ["school"];
export const operator = ["operator"];
/** A parent with a supporter's code. */
export const parent = ["parent"];

export const manageGuidance = "guidance:manage";
export const readCircles = "circles:read";
export const ownConsents = "consents:own";
export const readStatistics = "statistics:read";
export const manageConversations = "conversations:manage";

/** The part that knows which school a child goes to. */
export const routerPart = ["leerplicht"];
