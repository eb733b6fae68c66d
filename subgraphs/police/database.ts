import { agencyDatabase } from "../agency/agency-database.ts";

export const policeDatabase = agencyDatabase("police", new URL("./", import.meta.url));
