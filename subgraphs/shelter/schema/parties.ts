/** Who may reach the types of guidance. */
export const shelter = ["shelter"];
export const school = ["school"];

export const manageGuidance = "guidance:manage";
export const readCircles = "circles:read";
