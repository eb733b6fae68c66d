import { describe } from "@jest/globals";
import { describeFollowing } from "../agency/following.ts";
import { describeRegistryTrigger } from "../agency/registry-trigger.ts";
import { describeReporting } from "../agency/reporting.ts";
import { policeUnderTest } from "./police-under-test.ts";

describe("reports to police", () => describeReporting(policeUnderTest));
describe("what becomes of signals of police", () => describeFollowing(policeUnderTest));
describe("the registry of police", () => describeRegistryTrigger(policeUnderTest));
