import { agencyDatabase } from "../agency/agency-database.ts";

export const shelterDatabase = agencyDatabase("shelter", new URL("./", import.meta.url));
