import type { Dice } from "./dice.ts";
import { contactKey, personAt, teacherKey } from "./fill.ts";
import { inOfficeHours, nextOpening } from "./hours.ts";
import type { Incident } from "./incidents.ts";
import { type Answer, office, type Parts } from "./parts.ts";
import { type Child, type Habit, type Region, type School, schoolOf } from "./region.ts";
import type { Agenda, VirtualClock } from "./virtual-time.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** A signal that an agency's part accepted. */
export interface Accepted {
  readonly id: string;
  readonly incident: Incident;
  readonly child: Child;
}

export interface World {
  readonly region: Region;
  readonly dice: Dice;
  readonly parts: Parts;
  readonly clock: VirtualClock;
  readonly agenda: Agenda;
  /** The number of each school's teacher in its registry, by site. */
  readonly teachers: ReadonlyMap<string, string>;
}

/** How likely the first contact of a school reads a mail soon, by habit: who is at hand has looked before, who is away does not. */
const readsMail: Readonly<Record<Habit, number>> = {
  "at hand": 0,
  "at opening": 0.6,
  absent: 0,
  seldom: 0.3,
  never: 0,
};

/** The same of a deputy, who has a class to teach. */
const deputyReadsMail = 0.7;

/** Everybody who does something: agencies, contact persons, teachers and officers, each through their part's own doors. */
export class People {
  readonly accepted: Accepted[] = [];
  /** How often an officer had to call a school. */
  calls = 0;
  /** Mails to people at schools, and how many of these somebody looked for. */
  readonly reminders = { mailed: 0, read: 0 };
  readonly #world: World;
  readonly #schools: ReadonlyMap<string, School>;
  readonly #known = new Map<string, Child>();
  readonly #tried = new Map<string, number>();

  constructor(world: World) {
    this.#world = world;
    this.#schools = new Map(world.region.schools.map((school) => [school.id, school]));
  }

  // Agencies

  plan(incident: Incident): void {
    const children = incident.children.map((number) => this.#world.region.child(number));
    for (const child of children) {
      if (child.bsn !== null) this.#known.set(child.bsn, child);
      this.#known.set(nameOf(child), child);
    }
    this.#world.agenda.add(incident.reportedAt, () => this.#report(incident, children));
  }

  async #report(incident: Incident, children: readonly Child[]): Promise<void> {
    const { dice, parts, agenda } = this.#world;
    const { part, organisation } = incident.agency;
    const caller = { party: part, organisation, scope: "incidents:report" };
    const input = {
      idempotencyKey: `incident ${incident.number}`,
      occurredAt: new Date(incident.occurredAt).toISOString(),
      category: "OTHER",
      children: children.map(({ bsn, givenName, familyName, birthDate, number }) => ({
        ...(bsn !== null && dice("tells", incident.number, number) < 0.7 ? { bsn } : {}),
        name: { givenName, familyName },
        birthDate,
      })),
    };
    const { reportIncident } = await parts.ask(part, caller, report, { input });
    const signals: { id: string }[] = reportIncident.signals ?? [];
    if (signals.length !== children.length) throw new Error(`A report was answered ${reportIncident.__typename}`);
    signals.forEach(({ id }, place) => {
      const child = children[place];
      if (child !== undefined) this.accepted.push({ id, incident, child });
      if (incident.withdrawnAt !== undefined) {
        agenda.add(incident.withdrawnAt, () => parts.ask(part, caller, withdraw, { input: { sentSignalId: id } }));
      }
    });
  }

  // Contact persons and teachers

  /** A signal has appeared in an inbox: how soon somebody looks is the school's habit. */
  told(schoolId: string): void {
    const school = this.#schools.get(schoolId);
    if (school === undefined) return;
    const { agenda, clock, dice } = this.#world;
    const now = clock.now().getTime();
    const chance = dice("look", schoolId, now);
    const look = () => this.#look(school);
    switch (school.habit) {
      case "at hand":
        agenda.add(now + (2 + Math.floor(chance * 25)) * minute, look);
        break;
      case "at opening":
        agenda.add(nextOpening(now + minute, chance), look);
        break;
      case "absent":
        agenda.add(nextOpening(now + (1 + Math.floor(chance * 3)) * day, chance), look);
        break;
      case "seldom":
        agenda.add(nextOpening(now + (3 + Math.floor(chance * 8)) * day, chance), look);
        break;
      case "never":
        break;
      default:
        school.habit satisfies never;
    }
  }

  /** Somebody at a school was mailed that a message waits. */
  reminded(address: string): void {
    const { agenda, clock, dice } = this.#world;
    const { schoolId, key } = personAt(address);
    const school = this.#schools.get(schoolId);
    if (school === undefined) return;
    this.reminders.mailed += 1;
    const now = clock.now().getTime();
    const likely = key === contactKey ? readsMail[school.habit] : deputyReadsMail;
    if (dice("reads", address, now) >= likely) return;
    this.reminders.read += 1;
    const soon = (5 + Math.floor(dice("mail", address, now) * 55)) * minute;
    agenda.add(now + soon, () => this.#look(school, key));
  }

  async #look(school: School, key = contactKey): Promise<void> {
    const { parts, dice, agenda, clock } = this.#world;
    const contact = contactOf(school, key);
    const variables = { schoolId: school.id };
    const { signals } = await parts.ask("school", { ...contact, scope: "signals:read" }, inbox, variables);
    for (const { node } of signals.edges as { node: Answer }[]) {
      const child = this.#known.get(`${node.pupil?.displayName} ${node.pupil?.birthDate}`);
      if (child?.circumstance === "left the school" && child.school.id === school.id) {
        await parts.ask("school", contact, giveBack, { input: { signalId: node.id, reason: "LEFT_SCHOOL" } });
        continue;
      }
      await parts.ask("school", contact, acknowledge, { input: { signalId: node.id } });
      if (dice("confirm", node.pupil?.displayName ?? "", clock.now().getTime()) < 0.1) continue;
      const during = Date.parse(`${node.supportOn}T08:30:00Z`) + Math.floor(dice("support", node.supportOn) * 4) * hour;
      const at = Math.max(during, clock.now().getTime() + 30 * minute);
      agenda.add(at, () => this.#support(school, node.id));
    }
  }

  /** The contact tells the teacher, who meets the child and says so. */
  async #support(school: School, signalId: string): Promise<void> {
    const { parts, teachers } = this.#world;
    const staffMemberId = teachers.get(school.id) ?? "";
    const handed = await parts.ask("school", contactOf(school), handOver, { input: { signalId, staffMemberId } });
    if (handed.handOverSignal.__typename !== "SignalHandedOver") return;
    const teacher = { ...contactOf(school), sub: teacherKey, role: "teacher", staffMember: teacherKey };
    await parts.ask("school", teacher, confirm, { input: { signalId } });
  }

  // Officers

  /** A task has come up: somebody takes it within the next hours that the office is open. */
  asked(taskId: string): void {
    const { agenda, clock, dice } = this.#world;
    const now = clock.now().getTime();
    agenda.add(inOfficeHours(now + (5 + Math.floor(dice("task", now) * 60)) * minute), () => this.#decide(taskId));
  }

  async #decide(taskId: string): Promise<void> {
    const { parts } = this.#world;
    const { routingTask: task } = await parts.ask("leerplicht", officer, taskOf, { id: taskId });
    if (task === null || task.closedAt !== null) return;
    const claimed = await parts.ask("leerplicht", officer, claim, { input: { taskId } });
    if (claimed.claimRoutingTask.__typename !== "RoutingTaskClaimed") return;
    if (task.reason === "NOT_SEEN_IN_TIME") return this.#call(task);
    const child = this.#known.get(task.child.bsn) ?? this.#known.get(`${task.child.name} ${task.child.birthDate}`);
    if (child === undefined) return this.#close(taskId, "NOT_FOUND");
    const key = `${child.number} ${task.reason}`;
    const tries = (this.#tried.get(key) ?? 0) + 1;
    this.#tried.set(key, tries);
    const school = schoolOf(child, this.#world.clock.now().toISOString().slice(0, 10));
    if (school === undefined) {
      return this.#close(taskId, child.circumstance === "in another area" ? "FORWARDED" : "NO_SCHOOL");
    }
    if (!school.participates || !school.hasContact) return this.#close(taskId, "SUPPORT_ARRANGED");
    const candidate = task.candidates.find((one: Answer) => one.school.id === school.id);
    const input = { taskId, schoolId: school.id, ...(candidate === undefined ? {} : { candidateId: candidate.id }) };
    const { routeToSchool } = await parts.ask("leerplicht", officer, route, { input });
    if (routeToSchool.__typename !== "SignalRouted") await this.#close(taskId, "SUPPORT_ARRANGED");
  }

  /** Nobody looked: the officer calls the school, and arranges support by telephone where that does not help. */
  async #call(task: Answer): Promise<void> {
    const { agenda, clock, dice } = this.#world;
    this.calls += 1;
    const now = clock.now().getTime();
    const school = this.#schools.get(task.school?.id ?? "");
    if (school !== undefined && dice("answers", task.school.id, now) < 0.85) {
      agenda.add(now + 10 * minute, () => this.#look(school));
    }
    agenda.add(now + 25 * minute, () => this.#close(task.id, "SUPPORT_ARRANGED"));
  }

  /** One that has been closed meanwhile is left as it is. */
  async #close(taskId: string, outcome: string): Promise<void> {
    await this.#world.parts.ask("leerplicht", officer, close, { input: { taskId, outcome } });
  }
}

const officer = { sub: "officer", party: "leerplicht", organisation: office, scope: "routing:manage" };

function contactOf({ id }: School, key = contactKey) {
  const party = "school";
  return { sub: key, party, organisation: "school", schools: [id], scope: "signals:read signals:handle" };
}

function nameOf({ givenName, familyName, birthDate }: Child): string {
  return `${givenName} ${familyName} ${birthDate}`;
}

const report = `mutation ($input: ReportIncidentInput!) { reportIncident(input: $input) {
  __typename ... on IncidentReported { signals { id } } } }`;
const withdraw = "mutation ($input: WithdrawSignalInput!) { withdrawSignal(input: $input) { __typename } }";
const inbox = `query ($schoolId: ID!) { signals(schoolId: $schoolId, status: [RAISED], first: 500) {
  edges { node { id supportOn pupil { displayName birthDate } } } } }`;
const acknowledge = "mutation ($input: AcknowledgeSignalInput!) { acknowledgeSignal(input: $input) { __typename } }";
const handOver = "mutation ($input: HandOverSignalInput!) { handOverSignal(input: $input) { __typename } }";
const confirm = "mutation ($input: ConfirmSupportInput!) { confirmSupport(input: $input) { __typename } }";
const giveBack = "mutation ($input: ReturnSignalInput!) { returnSignal(input: $input) { __typename } }";
const taskOf = `query ($id: ID!) { routingTask(id: $id) {
  id reason closedAt child { bsn name birthDate } school { id } candidates { id school { id } } } }`;
const claim = "mutation ($input: ClaimRoutingTaskInput!) { claimRoutingTask(input: $input) { __typename } }";
const route = "mutation ($input: RouteToSchoolInput!) { routeToSchool(input: $input) { __typename } }";
const close = "mutation ($input: CloseRoutingTaskInput!) { closeRoutingTask(input: $input) { __typename } }";
