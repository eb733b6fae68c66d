import { Arg, Ctx, Resolver, Root, Subscription } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import type { Clock } from "../../../plumbing/clock.ts";
import type { ShelterContext } from "../context.ts";
import { ParentViewEvent, ParentViewRefused } from "../schema/parent-view.ts";
import { ownConsents, parent } from "../schema/parties.ts";
import { parentStream } from "../store/telling.ts";
import { seeParentView, viewClaims, withView } from "./parent-reading.ts";

@Resolver()
export class ParentViewEvents {
  @Subscription(() => ParentViewEvent, {
    description:
      "What the parent sees, each time when something of it changes; what another parent does changes nothing of it. It ends with the view's time. Subscribe, then read `parentView`.",
    subscribe: ({ args, context }) => follow(context as ShelterContext, (args as { key: string }).key),
  })
  @Allow(parent, ownConsents)
  async parentViewEvents(
    @Root() _: unknown,
    @Arg("key", () => String, { description: "`ParentViewOpened.key`" }) key: string,
    @Ctx() context: ShelterContext,
  ): Promise<ParentViewEvent> {
    const view = await seeParentView(context, key);
    return { view: view instanceof ParentViewRefused ? null : view };
  }
}

/** Follows what happens to one parent's view, on that parent's behalf, until its time is over. */
async function follow(context: ShelterContext, key: string): Promise<AsyncIterableIterator<unknown>> {
  const view = await withView(context, key, async (_, open) => open);
  if (view instanceof ParentViewRefused) return onlyTheEnd();
  const stream = parentStream(view.guidanceId, view.parent);
  const changes = await context.events.follow(viewClaims(context, view), [stream]);
  return untilMoment(changes, view.until, context.clock);
}

/** What happens until a moment, and then one thing more, that it is over; also where nothing happens. */
function untilMoment(
  changes: AsyncIterableIterator<unknown>,
  until: Date,
  clock: Clock,
): AsyncIterableIterator<unknown> {
  let isStopped = false;
  let isOver = false;
  const hangUp = () => changes.return?.();
  // A second late, as a timer may be early.
  const timer = setTimeout(hangUp, until.getTime() - clock.now().getTime() + 1_000).unref();
  const end = async (): Promise<IteratorResult<unknown>> => {
    isStopped = true;
    clearTimeout(timer);
    await hangUp();
    return { done: true, value: undefined };
  };
  const iterator: AsyncIterableIterator<unknown> = {
    [Symbol.asyncIterator]: () => iterator,
    async next() {
      if (isOver) return end();
      const step = await changes.next().catch((error: unknown) => {
        clearTimeout(timer);
        throw error;
      });
      if (isStopped) return { done: true, value: undefined };
      isOver = step.done === true || clock.now() >= until;
      return { done: false, value: step.value };
    },
    return: end,
  };
  return iterator;
}

/** For whoever has no view: that it is over. */
async function* onlyTheEnd(): AsyncGenerator<unknown> {
  yield undefined;
}
