import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { children, monday, type OfficeUnderTest, police, startOffice } from "./office-under-test.ts";

let office: OfficeUnderTest;
beforeAll(async () => {
  office = await startOffice();
});
afterEach(() => {
  office.now = monday;
  office.repair();
});
afterAll(async () => {
  await office[Symbol.asyncDispose]();
});

const delivered = async () => {
  const id = await office.submitted(children.enrolledOnce);
  await office.delivered(id);
  return id;
};
const returned = async () => {
  const id = await delivered();
  await office.report(id, "SEEN");
  await office.report(id, "RETURNED");
  return id;
};

/** The stages of the way, each with how a signal gets there, and where its deliveries stand once it is withdrawn. */
const stages: [string, () => Promise<string>, string[]][] = [
  [
    "sent to a school whose part is down",
    async () => {
      office.schoolAnswer = "is down";
      return office.submitted(children.enrolledOnce);
    },
    ["WITHDRAWN"],
  ],
  ["delivered", delivered, ["WITHDRAWN"]],
  [
    "seen",
    async () => {
      const id = await delivered();
      await office.report(id, "SEEN");
      return id;
    },
    ["WITHDRAWN"],
  ],
  ["unroutable, and waiting for an officer", () => office.submitted(children.unknown), []],
  ["returned, and waiting for an officer", returned, ["RETURNED"]],
  [
    "claimed by an officer",
    async () => {
      const id = await returned();
      await office.gesture("claimRoutingTask", { taskId: (await office.taskOf(id)).id });
      return id;
    },
    ["RETURNED"],
  ],
  [
    "unseen for too long, and an officer's too",
    async () => {
      const id = await delivered();
      await office.runJob(`escalate:${(await office.deliveries(id))[0]?.id}`);
      return id;
    },
    ["WITHDRAWN"],
  ],
  [
    "routed anew",
    async () => {
      const id = await returned();
      office.now = new Date(monday.getTime() + 60_000);
      await office.gesture("routeToSchool", { taskId: (await office.taskOf(id)).id, schoolId: "99AB00" });
      await office.delivered(id);
      return id;
    },
    ["RETURNED", "WITHDRAWN"],
  ],
];

/** All that can still name the child of a signal. */
async function left(id: string) {
  const deliveries = (await office.deliveries(id)).map((one) => one.id);
  return office.query(
    `select 'submission' as place from care.submission where id = $1 and (sought is not null or occurred_at is not null)
     union all select 'outbox' from care.outbox where about = any ($2) and kind = 'deliverSignal' and acknowledged_at is null
     union all select 'task' from care.routing_task where submission_id = $1 and closed_at is null`,
    [id, deliveries],
  );
}

/** How much was ever written to be told to senders. */
const toldToSenders = async () => (await office.query("select from care.outbox where kind = 'recordProgress'")).length;

/** How often its schools were told that a signal is withdrawn. */
const withdrawals = (deliveries: readonly { id: string }[]) =>
  office.part.hops.sent.filter(
    ({ document, input }) => document.includes("withdrawDelivery") && deliveries.some(({ id }) => id === input.id),
  ).length;

describe("a signal is withdrawn when it is", () => {
  test.each(stages)("%s: nothing of it is left to do, and its sender sees just that", async (_, arrive, states) => {
    const id = await arrive();
    const before = await toldToSenders();
    await office.withdraw(id);
    expect(await office.progressOf(id)).toBe("WITHDRAWN");
    expect((await office.deliveries(id)).map(({ state }) => state)).toEqual(states);
    expect(await left(id)).toEqual([]);
    for (const { id: delivery, state } of await office.deliveries(id)) {
      if (state !== "WITHDRAWN") continue;
      await office.part.hops.next(
        ({ document, input }) => document.includes("withdrawDelivery") && input.id === delivery,
      );
    }
    await office.withdraw(id);
    office.repair();
    if (states.length > 0) await office.report(id, "SEEN");
    expect(await office.progressOf(id)).toBe("WITHDRAWN");
    expect(await left(id)).toEqual([]);
    await office.settled();
    expect(await toldToSenders()).toBe(before);
    expect(withdrawals(await office.deliveries(id))).toBe(states.filter((state) => state === "WITHDRAWN").length);
  });

  test("refused by a school that comes back only after it: that is no task any more", async () => {
    office.schoolAnswer = "is down";
    const id = await office.submitted(children.enrolledOnce);
    const [delivery] = await office.deliveries(id);
    await office.unanswered(delivery?.id ?? "");
    await office.withdraw(id);
    office.repair("PUPIL_UNKNOWN_AT_SCHOOL");
    await office.settled();
    expect(await left(id)).toEqual([]);
    expect(await office.deliveries(id)).toMatchObject([{ state: "WITHDRAWN" }]);
  });
});

describe("it is too late to withdraw a signal", () => {
  test("that was supported", async () => {
    const id = await delivered();
    await office.report(id, "SUPPORTED");
    await office.withdraw(id);
    expect(await office.progressOf(id)).toBe("SUPPORTED");
    expect(await office.deliveries(id)).toMatchObject([{ state: "DELIVERED" }]);
  });

  test("that was supported before the school heard of it: then all say SUPPORTED, and the sender is told", async () => {
    const id = await delivered();
    await office.withdraw(id);
    expect(await office.progressOf(id)).toBe("WITHDRAWN");
    for (const news of ["SUPPORTED", "SUPPORTED", "SEEN", "RETURNED"] as const) {
      await office.report(id, news);
      expect(await office.progressOf(id)).toBe("SUPPORTED");
    }
    await office.settled();
    const told = office.part.hops.sent.filter(({ document, input }) => document.includes("record") && input.id === id);
    expect(told.map(({ input }) => input.progress)).toEqual(["SUPPORTED"]);
    const [row] = await office.query("select seen_at, ended_at from care.submission where id = $1", [id]);
    expect(row).toEqual({ seen_at: monday, ended_at: monday });
    expect(await left(id)).toEqual([]);
  });

  test("that an officer has closed", async () => {
    const id = await office.submitted(children.unknown);
    const { id: taskId } = await office.taskOf(id);
    await office.gesture("closeRoutingTask", { taskId, outcome: "NOT_FOUND" });
    await office.withdraw(id);
    expect(await office.progressOf(id)).toBe("CLOSED");
    expect(await office.taskOf(id, false)).toMatchObject({ outcome: "NOT_FOUND" });
  });
});

describe("withdrawn at the moment at which an officer", () => {
  test.each([
    ["routes it", "routeToSchool", { schoolId: "99AB00" }, ["WITHDRAWN"]],
    ["closes it", "closeRoutingTask", { outcome: "SUPPORT_ARRANGED" }, ["WITHDRAWN", "CLOSED"]],
  ])("%s, it lies in no inbox", async (_, gesture, input, ends) => {
    for (let round = 0; round < 8; round += 1) {
      const id = await delivered();
      await office.runJob(`escalate:${(await office.deliveries(id))[0]?.id}`);
      const { id: taskId } = await office.taskOf(id);
      await Promise.all([office.withdraw(id), office.gesture(gesture, { taskId, ...input })]);
      expect(ends).toContain(await office.progressOf(id));
      expect(new Set((await office.deliveries(id)).map(({ state }) => state))).toEqual(new Set(["WITHDRAWN"]));
      expect(await left(id)).toEqual([]);
    }
  });
});

describe("the same child, reported by a second agency while the first signal is under way,", () => {
  const shelterPart = { party: "service", organisation: "shelter" };
  const shelter = { ...police, party: "shelter", organisation: "house-1" };
  const both = async () => {
    const ids = [
      await delivered(),
      await office.submitted(children.enrolledOnce, { sender: shelterPart, organisation: "house-1" }),
    ];
    for (const id of ids) await office.delivered(id);
    return ids as [string, string];
  };

  test("is a second signal in the ledger, that only its own sender knows of", async () => {
    const [first, second] = await both();
    const [one, other] = [await office.deliveries(first), await office.deliveries(second)];
    expect([one.length, other.length]).toEqual([1, 1]);
    expect(one[0]?.id).not.toBe(other[0]?.id);
    await office.report(first, "SEEN");
    expect(await office.progressOf(first)).toBe("SEEN");
    expect(await office.progressOf(second, shelter)).toBe("DELIVERED");
    expect(await office.progressOf(second, police)).toBe("SENT");
    await office.report(second, "SUPPORTED");
    expect([await office.progressOf(first), await office.progressOf(second, shelter)]).toEqual(["SEEN", "SUPPORTED"]);
  });

  test("stays when the first is withdrawn", async () => {
    const [first, second] = await both();
    await office.withdraw(first);
    expect(await office.deliveries(second)).toMatchObject([{ state: "DELIVERED" }]);
    expect(await office.progressOf(second, shelter)).toBe("DELIVERED");
  });
});
