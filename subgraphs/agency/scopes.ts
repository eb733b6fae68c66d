/** The OAuth scope that lets a caller report incidents and take signals back. */
export const reporting = "incidents:report";

/** The OAuth scope that lets a caller see what its organisation reported and how far it is. */
export const reading = "signals:read";
