import { Args, type ClassType, Ctx, Directive, Query, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { type Connection, toConnection } from "../../../plumbing/paging.ts";
import type { Agency } from "../agency.ts";
import type { AgencyContext } from "../context.ts";
import type { AgencyTypes } from "../schema/agency-types.ts";
import { pageAsked, SentSignalsArguments } from "../schema/page-arguments.ts";
import type { SentSignal } from "../schema/sent-signal.ts";
import { reading } from "../scopes.ts";
import { recordSignals } from "../store/processing.ts";
import { pageOfSentSignals } from "../store/sent-signals.ts";

export function sentSignalsDoor({ party }: Agency, types: AgencyTypes): ClassType {
  @Resolver()
  class SentSignals {
    @Query(() => types.sentSignalConnection, {
      description: "The signals that your organisation sent, the latest first.",
    })
    @Directive("@shareable")
    @Allow([party], reading)
    async sentSignals(
      @Args(() => SentSignalsArguments) { progress, ...page }: SentSignalsArguments,
      @Ctx() { claims, database }: AgencyContext,
    ): Promise<Connection<SentSignal>> {
      const request = pageAsked(page);
      const signals = await database.transaction(claims, async (rows) => {
        const found = await pageOfSentSignals(rows, progress ?? undefined, request);
        recordSignals(rows, claims, "signal.read", found.slice(0, request.limit - 1));
        return found;
      });
      return toConnection(
        signals,
        request,
        ({ sentAt, id }) => ({ at: sentAt, id }),
        (signal) => signal,
      );
    }
  }
  return SentSignals;
}
