import { Query, Resolver } from "type-graphql";
import { Allow, service } from "../../../plumbing/access.ts";

@Resolver()
export class Heartbeat {
  @Query(() => Boolean, {
    description: "Always true: a part can try with it whether its token and the way to the router are good.",
  })
  @Allow([service])
  heartbeat(): boolean {
    return true;
  }
}
