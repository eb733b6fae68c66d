import "reflect-metadata";
import { Ctx, Directive, Query, Resolver } from "type-graphql";
import type { Claims } from "./claims.ts";
import type { Events } from "./events.ts";

/** What is needed of a request to say what happened last. */
interface Asked {
  readonly events: Events;
  readonly claims: Claims;
}

/** Where events are: for a gateway that begins to tell somebody of them, and wants to be able to begin there again. */
@Resolver()
export class LastCursor {
  @Query(() => String, {
    name: "_lastCursor",
    description: "The cursor of what happened last in whatever the caller may follow. For the gateway.",
  })
  @Directive("@shareable")
  @Directive("@inaccessible")
  lastCursor(@Ctx() { events, claims }: Asked): Promise<string> {
    return events.last(claims);
  }
}
