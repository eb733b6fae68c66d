/** Who may reach the types of this subgraph. */
export const school = ["school"];

export const readSignals = "signals:read";
export const handleSignals = "signals:handle";
