/** Who may reach the types of this subgraph. */
export const school = ["school"];

export const readSignals = "signals:read";
export const handleSignals = "signals:handle";

/** The part that knows which school a child goes to. */
export const routerPart = ["leerplicht"];
/** The part of the families in guidance. */
export const shelterPart = ["shelter"];
