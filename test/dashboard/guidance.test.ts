import { describe, expect, test } from "@jest/globals";
import { afterEvent as afterCircleEvent, type Circle } from "../../dashboard/circles/circles.ts";
import { afterEvent, consentsOf, type Family, type GuidedChild } from "../../dashboard/guidance/guidance.ts";
import { lastDayBefore } from "../../dashboard/language/moments.ts";

const family = (id: string, startedAt: string, endedAt: string | null = null): Family => ({
  id,
  startedAt,
  endedAt,
  supporter: null,
  parents: [],
  children: [],
});

describe("the families", () => {
  const [first, second] = [family("first", "2026-11-01T09:00:00Z"), family("second", "2026-11-02T09:00:00Z")];

  test("stand with the latest first, and each once", () => {
    expect(afterEvent([first], { cursor: "1", guidance: second })).toEqual([second, first]);
    expect(afterEvent([second, first], { cursor: "2", guidance: first })).toEqual([second, first]);
  });

  test("go from the list when their guidance has ended", () => {
    expect(
      afterEvent([second, first], { cursor: "3", guidance: { ...first, endedAt: "2026-11-03T09:00:00Z" } }),
    ).toEqual([second]);
  });

  test("a consent holds until the midnight after its last day, which no event tells", () => {
    const consent = {
      id: "consent",
      state: "GIVEN",
      validUntil: "2026-12-31T23:00:00.000Z",
      givenBy: { name: "Aylin Kaya" },
      schoolId: null,
      covers: [],
    } as const;
    const child: GuidedChild = { id: "child", name: null, birthDate: null, school: null, consents: [consent] };
    expect(consentsOf(child, new Date("2026-12-31T22:59:59.999Z"))).toEqual([consent]);
    expect(consentsOf(child, new Date("2026-12-31T23:00:00Z"))).toEqual([]);
    expect(consentsOf({ ...child, consents: [{ ...consent, state: "WITHDRAWN" }] }, new Date(0))).toEqual([]);
    const others = { ...consent, id: "other", givenBy: { name: "Deniz Kaya" }, validUntil: "2027-01-31T23:00:00.000Z" };
    const both = { ...child, consents: [others, consent] };
    expect(consentsOf(both, new Date("2026-12-31T22:59:59.999Z"))).toEqual([others, consent]);
    expect(consentsOf(both, new Date("2026-12-31T23:00:00Z"))).toEqual([others]);
    expect(lastDayBefore(consent.validUntil, "nl")).toBe("31 december 2026");
  });
});

describe("a school's circles", () => {
  const circle: Circle = {
    id: "circle",
    since: "2026-11-01T09:00:00Z",
    supporter: { name: "Iris de Wit", telephone: null, email: null },
    pupil: null,
  };

  test("are gone when an event says so, which no longer holds who it was about", () => {
    const event = { cursor: "1", kind: "CLOSED", circleId: "circle", circle: null };
    expect(afterCircleEvent([circle], event)).toEqual([]);
    expect(afterCircleEvent([], { ...event, kind: "OPENED", circle })).toEqual([circle]);
  });
});
