import { afterAll, beforeAll, beforeEach } from "@jest/globals";
import { type GuidedShelter, startGuidedShelter } from "./guided-shelter.ts";

/** When each test begins. */
export const start = new Date("2026-11-23T10:00:00Z");

/** Lends the tests of a file one shelter, whose clock is put back before each of them. */
export function sharedShelter(begin: (shelter: GuidedShelter) => void): void {
  let shelter: GuidedShelter;
  beforeAll(async () => {
    shelter = await startGuidedShelter();
    begin(shelter);
  });
  afterAll(async () => shelter[Symbol.asyncDispose]());
  beforeEach(() => {
    shelter.now = start;
  });
}
