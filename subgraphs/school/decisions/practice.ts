/** The pupil of every practice signal: made up, the same at every school, and in no registry. */
export const practicePupil = { displayName: "Robin Oefening", birthDate: "2017-09-01" } as const;

/** How many practice signals may be open at a school at once. */
export const openPractices = 3;
