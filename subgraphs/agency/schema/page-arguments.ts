import { ArgsType, Field, Int } from "type-graphql";
import { type PageRequest, pageRequest } from "../../../plumbing/paging.ts";
import { SignalProgress } from "./signal-progress.ts";

const usualPage = 50;

@ArgsType()
export class PageArguments {
  @Field(() => Int, { nullable: true, defaultValue: usualPage, description: "At most 500." })
  first?: number | null;

  @Field(() => String, { nullable: true, description: "The `endCursor` of the page before." })
  after?: string | null;
}

@ArgsType()
export class SentSignalsArguments extends PageArguments {
  @Field(() => [SignalProgress], {
    nullable: true,
    description: "Only those that are as far as one of these; without it, all.",
  })
  progress?: SignalProgress[] | null;
}

export function pageAsked({ first, after }: PageArguments): PageRequest {
  return pageRequest(first ?? usualPage, after);
}
