import { afterAll } from "@jest/globals";
import { Planning } from "../../gateway/execution/planning.ts";

/** The one planner of a file of tests, which ends with them. */
export const planning = new Planning();

afterAll(async () => {
  await planning[Symbol.asyncDispose]();
});
