import { describe } from "@jest/globals";
import { describeFollowing } from "../agency/following.ts";
import { describeRegistryTrigger } from "../agency/registry-trigger.ts";
import { describeReporting } from "../agency/reporting.ts";
import { shelterUnderTest } from "./shelter-under-test.ts";

describe("reports to shelter", () => describeReporting(shelterUnderTest));
describe("what becomes of signals of shelter", () => describeFollowing(shelterUnderTest));
describe("the registry of shelter", () => describeRegistryTrigger(shelterUnderTest));
