import { agencyDatabase } from "../agency/agency-database.ts";

export const crisisDatabase = agencyDatabase("crisis", new URL("./", import.meta.url));
