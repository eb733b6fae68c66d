import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import type { Json } from "../../subgraph.ts";
import { until } from "../../until.ts";
import { children, colleague, monday, type OfficeUnderTest, officer, startOffice } from "./office-under-test.ts";

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

const minutes = (count: number) => new Date(monday.getTime() + count * 60_000);

/** How each reason comes about: a child, and what happens to its signal. */
const arises: Readonly<Record<string, (reason: string) => Promise<string>>> = {
  NO_MATCH: () => office.submitted(children.unknown),
  SEVERAL_MATCHES: () => office.submitted(children.namesakes),
  NO_ENROLMENT: () => office.submitted(children.enrolledNoLonger),
  SEVERAL_ENROLMENTS: () => office.submitted(children.enrolledTwice),
  OTHER_MUNICIPALITY: () => office.submitted(children.elsewhere),
  SCHOOL_NOT_PARTICIPATING: () => office.submitted(children.atSchoolWithoutPart),
  PUPIL_UNKNOWN_AT_SCHOOL: async () => {
    office.schoolAnswer = "PUPIL_UNKNOWN_AT_SCHOOL";
    const id = await office.submitted(children.enrolledOnce);
    await office.delivered(id, "REFUSED");
    office.repair();
    return id;
  },
  RETURNED_BY_SCHOOL: async () => {
    const id = await office.submitted(children.enrolledOnce);
    await office.delivered(id);
    await office.report(id, "RETURNED");
    return id;
  },
  NOT_SEEN_IN_TIME: async () => {
    const id = await office.submitted(children.enrolledOnce);
    await office.delivered(id);
    await office.runJob(`escalate:${(await office.deliveries(id))[0]?.id}`);
    return id;
  },
};

/** A row: the reason, why schools are offered, which school to call, and how the task is done. */
const rows: [string, string[], string | null, string, Json][] = [
  ["NO_MATCH", [], null, "closeRoutingTask", { outcome: "NOT_FOUND" }],
  ["SEVERAL_MATCHES", ["NAMESAKE_ENROLLED", "NAMESAKE_ENROLLED"], null, "routeToSchool", { schoolId: "99AB00" }],
  ["NO_ENROLMENT", ["FORMERLY_ENROLLED"], null, "closeRoutingTask", { outcome: "NO_SCHOOL" }],
  ["SEVERAL_ENROLMENTS", ["ENROLLED", "ENROLLED"], null, "routeToSchool", { schoolId: "99AA00" }],
  ["OTHER_MUNICIPALITY", ["ENROLLED"], null, "closeRoutingTask", { outcome: "FORWARDED" }],
  ["SCHOOL_NOT_PARTICIPATING", ["ENROLLED"], null, "closeRoutingTask", { outcome: "SUPPORT_ARRANGED" }],
  ["PUPIL_UNKNOWN_AT_SCHOOL", ["CAME_BACK"], "99AA00", "routeToSchool", { schoolId: "99AB00" }],
  ["RETURNED_BY_SCHOOL", ["CAME_BACK"], "99AA00", "closeRoutingTask", { outcome: "DUPLICATE" }],
  ["NOT_SEEN_IN_TIME", ["ENROLLED"], "99AA00", "closeRoutingTask", { outcome: "SUPPORT_ARRANGED" }],
];

describe("every reason arises, is offered schools with why, is worked on, and leaves the list", () => {
  test.each(rows)("%s", async (reason, candidates, school, gesture, input) => {
    const id = await arises[reason]?.(reason);
    const task = await office.taskFor(id ?? "", reason);
    expect(task.candidates.map((one: Json) => one.reason)).toEqual(candidates);
    expect(task.school?.id ?? null).toBe(school);
    expect(task.outcome).toBeNull();
    const done = await office.gesture(gesture, { taskId: task.id, ...input });
    const outcome = input.outcome ?? "ROUTED";
    expect(done.task).toMatchObject({ id: task.id, outcome });
    expect(await office.taskOf(id ?? "")).toBeUndefined();
    expect((await office.gesture(gesture, { taskId: task.id, ...input })).__typename).toBe("RoutingTaskClosed");
    const gone = { bsn: null, name: null, birthDate: null };
    if (gesture === "closeRoutingTask") expect(done.task).toMatchObject({ child: gone, candidates: [] });
  });

  test("and the table has them all", async () => {
    const { data } = await office.part.ask(officer, '{ __type(name: "RoutingReason") { enumValues { name } } }');
    // A search for a support circle is no signal: named-school.test.ts and closed-search.test.ts have them.
    const searches = ["CIRCLE_SCHOOL_UNKNOWN", "CIRCLE_SCHOOL_NOT_NAMED"];
    const all = [...rows.map(([reason]) => reason), ...searches];
    expect(data.__type.enumValues.map(({ name }: Json) => name).sort()).toEqual(all.sort());
  });

  test("a school that itself says that it takes no part is one to call", async () => {
    office.schoolAnswer = "SCHOOL_NOT_PARTICIPATING";
    const id = await office.submitted(children.enrolledOnce);
    expect(await office.taskFor(id, "SCHOOL_NOT_PARTICIPATING")).toMatchObject({ school: { id: "99AA00" } });
  });

  test("a school that said no is offered last", async () => {
    const id = await office.submitted(children.enrolledTwice);
    const { id: taskId, candidates } = await office.taskFor(id, "SEVERAL_ENROLMENTS");
    const [likeliest] = candidates;
    await office.gesture("routeToSchool", { taskId, schoolId: likeliest.school.id, candidateId: likeliest.id });
    await office.delivered(id);
    await office.report(id, "RETURNED");
    const again = await office.taskFor(id, "RETURNED_BY_SCHOOL");
    expect(again.candidates.map((one: Json) => [one.school.id, one.reason])).toEqual([
      [candidates[1].school.id, "ENROLLED"],
      [likeliest.school.id, "CAME_BACK"],
    ]);
  });
});

test("no signal goes to a site that has ended: not by an enrolment there, nor because an officer chooses it", async () => {
  const ends = (day: string | null) =>
    office.query("update registry.onderwijsinstelling set einddatum = $1 where brin = '99AB'", [day]);
  await ends("2041-01-14");
  try {
    const merged = await office.submitted(children.enrolledTwice);
    await office.delivered(merged);
    expect(await office.deliveries(merged)).toMatchObject([{ school_id: "99AA00" }]);
    const unknown = await office.submitted(children.unknown);
    const { id: taskId } = await office.taskFor(unknown, "NO_MATCH");
    const { __typename } = await office.gesture("routeToSchool", { taskId, schoolId: "99AB00" });
    expect(__typename).toBe("SchoolNotAvailable");
    await ends("2041-01-15");
    expect((await office.gesture("routeToSchool", { taskId, schoolId: "99AB00" })).__typename).toBe("SignalRouted");
  } finally {
    await ends(null);
  }
});

describe("a claimed task", () => {
  const waiting = async () => (await office.taskFor(await office.submitted(children.unknown), "NO_MATCH")).id;

  test("is the officer's for half an hour, and nobody else's", async () => {
    const taskId = await waiting();
    expect(await office.gesture("claimRoutingTask", { taskId })).toMatchObject({
      __typename: "RoutingTaskClaimed",
      task: { claimedBy: "visser", claimedUntil: minutes(30).toISOString() },
    });
    for (const [gesture, input] of [
      ["claimRoutingTask", {}],
      ["releaseRoutingTask", {}],
      ["routeToSchool", { schoolId: "99AA00" }],
      ["closeRoutingTask", { outcome: "NOT_FOUND" }],
    ] as const) {
      const answer = await office.gesture(gesture, { taskId, ...input }, colleague);
      expect(answer).toMatchObject({ code: "ROUTING_TASK_TAKEN", task: { claimedBy: "visser", outcome: null } });
    }
    const done = await office.gesture("closeRoutingTask", { taskId, outcome: "NOT_FOUND" });
    expect(done.task).toMatchObject({ outcome: "NOT_FOUND", claimedBy: null, claimedUntil: null });
  });

  test("is claimed again by the same officer for another half an hour", async () => {
    const taskId = await waiting();
    await office.gesture("claimRoutingTask", { taskId });
    office.now = minutes(20);
    const { task } = await office.gesture("claimRoutingTask", { taskId });
    expect(task.claimedUntil).toBe(minutes(50).toISOString());
  });

  test("is free again once the half hour is over", async () => {
    const taskId = await waiting();
    await office.gesture("claimRoutingTask", { taskId });
    office.now = new Date(minutes(30).getTime() - 1);
    expect((await office.gesture("claimRoutingTask", { taskId }, colleague)).__typename).toBe("RoutingTaskTaken");
    office.now = minutes(30);
    const { data } = await office.part.ask(officer, `{ routingTask(id: "${taskId}") { claimedBy claimedUntil } }`);
    expect(data.routingTask).toEqual({ claimedBy: null, claimedUntil: null });
    expect((await office.gesture("claimRoutingTask", { taskId }, colleague)).task.claimedBy).toBe("jansen");
  });

  test("is free again when the officer leaves it, also twice", async () => {
    const taskId = await waiting();
    await office.gesture("claimRoutingTask", { taskId });
    for (const _ of ["once", "twice"]) {
      const answer = await office.gesture("releaseRoutingTask", { taskId });
      expect(answer).toMatchObject({ __typename: "RoutingTaskReleased", task: { claimedBy: null } });
    }
    expect((await office.gesture("claimRoutingTask", { taskId }, colleague)).__typename).toBe("RoutingTaskClaimed");
  });

  test("goes to one of two officers who reach for it at once, on two replicas", async () => {
    const replica = await office.part.replica();
    const claim = (taskId: string) => `mutation { claimRoutingTask(input: { taskId: "${taskId}" }) { __typename } }`;
    for (let round = 0; round < 5; round += 1) {
      const document = claim(await waiting());
      const answers = await Promise.all([office.part.ask(officer, document), replica.ask(colleague, document)]);
      expect(answers.map(({ data }) => data.claimRoutingTask.__typename).sort()).toEqual([
        "RoutingTaskClaimed",
        "RoutingTaskTaken",
      ]);
    }
  });

  test("does not exist for another office, nor where there is none", async () => {
    const taskId = await waiting();
    const stranger = { ...officer, organisation: "00000099000000009000" };
    for (const gesture of ["claimRoutingTask", "releaseRoutingTask"]) {
      expect((await office.gesture(gesture, { taskId }, stranger)).code).toBe("ROUTING_TASK_NOT_FOUND");
      expect((await office.gesture(gesture, { taskId: "1 or 1=1" })).code).toBe("ROUTING_TASK_NOT_FOUND");
    }
    expect((await office.gesture("claimRoutingTask", { taskId }, colleague)).__typename).toBe("RoutingTaskClaimed");
  });

  test("is told of to the whole office, as it is now", async () => {
    const events = await office.part.subscribe(
      colleague,
      "subscription { routingTaskEvents { kind task { id claimedBy outcome child { name } } } }",
    );
    // A subscription says nothing when it begins: tasks are opened until it tells of one.
    const first = events.next();
    let begun = false;
    first.then(() => {
      begun = true;
    });
    const taskId = await until("the subscription to begin", async () => {
      const opened = await waiting();
      return begun && opened;
    });
    const told: Json[] = [];
    for (const gesture of ["claimRoutingTask", "releaseRoutingTask"]) await office.gesture(gesture, { taskId });
    await office.gesture("closeRoutingTask", { taskId, outcome: "NOT_FOUND" });
    for (let event = (await first).value; event?.data.routingTaskEvents.kind !== "CLOSED"; ) {
      event = (await events.next()).value;
      if (event?.data.routingTaskEvents.task.id === taskId) told.push(event.data.routingTaskEvents);
    }
    expect(told.map(({ kind }) => kind).slice(-3)).toEqual(["CLAIMED", "RELEASED", "CLOSED"]);
    expect(told.at(-1).task).toMatchObject({ outcome: "NOT_FOUND", claimedBy: null, child: { name: null } });
  });
});

test("the tasks are listed from either end, page by page, without one twice or left out", async () => {
  const page = `query ($after: String, $latestFirst: Boolean) {
    routingTasks(open: null, first: 3, after: $after, latestFirst: $latestFirst) {
      edges { node { id openedAt } } pageInfo { endCursor hasNextPage } } }`;
  const listed = async (latestFirst: boolean): Promise<Json[]> => {
    const found: Json[] = [];
    for (let after: string | null = null, isMore = true; isMore; ) {
      const { data } = await office.part.ask(officer, page, { after, latestFirst });
      const { edges, pageInfo } = data.routingTasks;
      found.push(...edges.map(({ node }: Json) => node));
      [after, isMore] = [pageInfo.endCursor, pageInfo.hasNextPage];
    }
    return found;
  };
  for (const minute of [1, 2, 3, 4]) {
    office.now = minutes(minute);
    await office.submitted(children.unknown);
  }
  const [oldest, latest] = [await listed(false), await listed(true)];
  expect(oldest.length).toBeGreaterThan(3);
  expect(latest).toEqual(oldest.toReversed());
  expect(new Set(oldest.map(({ id }) => id)).size).toBe(oldest.length);
});
