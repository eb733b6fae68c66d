import { describe } from "@jest/globals";
import { describeFollowing } from "../agency/following.ts";
import { describeRegistryTrigger } from "../agency/registry-trigger.ts";
import { describeReporting } from "../agency/reporting.ts";
import { crisisUnderTest } from "./crisis-under-test.ts";

describe("reports to the crisis team", () => describeReporting(crisisUnderTest));
describe("what becomes of signals of the crisis team", () => describeFollowing(crisisUnderTest));
describe("the registry of the crisis team", () => describeRegistryTrigger(crisisUnderTest));
