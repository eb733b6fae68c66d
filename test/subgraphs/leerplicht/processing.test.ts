import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { children, type OfficeUnderTest, officer, startOffice } from "./office-under-test.ts";

let office: OfficeUnderTest;
beforeAll(async () => {
  office = await startOffice();
});
afterAll(async () => {
  await office[Symbol.asyncDispose]();
});

interface Entry {
  readonly activity: string;
  readonly actor: string;
  readonly organisation: string;
  readonly subject: string;
  readonly object: string;
}

const entries = (object: string) =>
  office.query<Entry>("select * from care.processing where object = $1 order by position", [object]);

/** The id of a task that waits, found without reading it. */
async function waiting(child: object = children.unknown): Promise<string> {
  const id = await office.submitted(child);
  const [task] = await office.query<{ id: string }>("select id from care.routing_task where submission_id = $1", [id]);
  return task?.id ?? "";
}

const read = (id: string, fields: string) => office.part.ask(officer, `{ routingTask(id: "${id}") { ${fields} } }`);

describe("the processing log holds", () => {
  test("that an officer read who a task is about, and not that they read the rest of it", async () => {
    const id = await waiting();
    await read(id, "reason dueBy openedAt claimedBy school { id }");
    expect(await entries(id)).toEqual([]);
    await read(id, "child { name }");
    expect(await entries(id)).toMatchObject([
      { activity: "task.read", actor: "visser", organisation: officer.organisation, subject: expect.any(String) },
    ]);
  });

  test("each child whose name an officer was shown among the candidates", async () => {
    const id = await waiting(children.namesakes);
    await read(id, "candidates { childName }");
    const subjects = (await entries(id)).map(({ subject }) => subject);
    expect(subjects).toHaveLength(2);
  });

  test("one child under one subject, by whichever task it was read", async () => {
    const [one, other] = [await waiting(children.enrolledNoLonger), await waiting(children.enrolledNoLonger)];
    await office.part.ask(officer, "{ routingTasks(first: 500) { edges { node { child { bsn } } } } }");
    const [first] = await entries(one);
    const [second] = await entries(other);
    expect(first?.subject).toBe(second?.subject);
    expect(first?.subject).not.toContain("999993653");
  });

  test("what an officer did, and nothing that was refused", async () => {
    const id = await waiting();
    await office.gesture("closeRoutingTask", { taskId: id, outcome: "NOT_FOUND" });
    await office.gesture("closeRoutingTask", { taskId: id, outcome: "NOT_FOUND" });
    expect((await entries(id)).map(({ activity }) => activity)).toEqual(["task.close"]);
    const routed = await waiting();
    await office.part.ask(
      officer,
      `mutation { routeToSchool(input: { taskId: "${routed}", schoolId: "12XX00" }) { __typename } }`,
    );
    expect(await entries(routed)).toEqual([]);
    await office.part.ask(
      officer,
      `mutation { routeToSchool(input: { taskId: "${routed}", schoolId: "99AB00" }) { __typename } }`,
    );
    expect((await entries(routed)).map(({ activity }) => activity)).toEqual(["task.route"]);
  });

  test("that an officer claimed a task, left it to others, and nothing where there was nothing to leave", async () => {
    const id = await waiting();
    await office.gesture("claimRoutingTask", { taskId: id });
    for (const _ of ["once", "and again"]) await office.gesture("releaseRoutingTask", { taskId: id });
    const activities = (await entries(id)).map(({ activity }) => activity);
    expect(activities.filter((activity) => activity !== "task.read")).toEqual(["task.claim", "task.release"]);
  });

  test("what another part tells of a signal, on that part's behalf", async () => {
    const [seen, withdrawn] = [
      await office.submitted(children.enrolledOnce),
      await office.submitted(children.enrolledOnce),
    ];
    await office.delivered(seen);
    await office.report(seen, "SEEN");
    await office.withdraw(withdrawn);
    expect(await entries(seen)).toMatchObject([
      { activity: "signal.submit", organisation: "police" },
      { activity: "signal.progress", organisation: "school", subject: expect.any(String) },
    ]);
    expect(await entries(withdrawn)).toMatchObject([
      { activity: "signal.submit", organisation: "police" },
      { activity: "signal.withdraw", organisation: "police", subject: expect.any(String) },
    ]);
  });

  test("what a timer or a school's answer sets off, as the part's own doing for its office, in a trace of its own", async () => {
    const unseen = await office.submitted(children.enrolledOnce);
    await office.delivered(unseen);
    const [delivery] = await office.deliveries(unseen);
    await office.runJob(`escalate:${delivery?.id}`);
    office.schoolAnswer = "PUPIL_UNKNOWN_AT_SCHOOL";
    const refused = await office.submitted(children.enrolledOnce);
    await office.delivered(refused, "REFUSED");
    office.schoolAnswer = "takes it in";
    for (const id of [unseen, refused]) {
      const own = {
        actor: "system",
        organisation: officer.organisation,
        trace: expect.stringMatching(/^[0-9a-f]{32}$/),
      };
      expect((await entries(id)).at(-1)).toMatchObject({ activity: "task.open", subject: expect.any(String), ...own });
    }
  });

  test("nothing about a child who is gone from the ledger", async () => {
    const id = await waiting();
    await office.gesture("closeRoutingTask", { taskId: id, outcome: "NOT_FOUND" });
    await read(id, "child { name } candidates { childName }");
    expect((await entries(id)).map(({ activity }) => activity)).toEqual(["task.close"]);
  });
});

test("while the log cannot be written, no child is shown, and no gesture made", async () => {
  const id = await waiting();
  const [granted] = await office.query<{ role: string }>(
    `select grantee as role from information_schema.role_table_grants
     where table_name = 'processing' and privilege_type = 'INSERT' and grantee like '%app'`,
  );
  const role = granted?.role;
  await office.query(`revoke insert on care.processing from "${role}"`);
  try {
    const { data, errors } = await read(id, "child { name }");
    expect(errors?.[0]?.extensions.code).toBe("INTERNAL_SERVER_ERROR");
    expect(JSON.stringify({ data, errors })).not.toContain("Onbekend");
    const closing = `mutation { closeRoutingTask(input: { taskId: "${id}", outcome: NOT_FOUND }) { __typename } }`;
    expect((await office.part.ask(officer, closing)).errors).toHaveLength(1);
  } finally {
    await office.query(`grant insert on care.processing to "${role}"`);
  }
  expect((await read(id, "outcome child { name }")).data.routingTask).toEqual({
    outcome: null,
    child: { name: "Niemand Onbekend" },
  });
});
