import { type ASTNode, GraphQLError } from "graphql";
import { type FaultCode, faultText } from "../../plumbing/faults.ts";

/** A request that is not run at all, with one error for each reason. */
export class Refusal extends Error {
  readonly errors: readonly GraphQLError[];

  constructor(code: FaultCode, places: readonly { readonly nodes?: readonly ASTNode[] | undefined }[] = [{}]) {
    super(faultText(code));
    this.name = "Refusal";
    this.errors = places.map(
      ({ nodes }) => new GraphQLError(faultText(code), { ...(nodes ? { nodes } : {}), extensions: { code } }),
    );
  }
}
