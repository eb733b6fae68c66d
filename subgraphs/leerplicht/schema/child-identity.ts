import { Field, ObjectType } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { DateScalar } from "../../../plumbing/scalars.ts";
import type { ChildRecord } from "../store/entities.ts";
import { leerplicht, release } from "./parties.ts";

@ObjectType({ description: "Who a child is, as the sender said; all null once the task is no longer about anybody." })
@Allow([...leerplicht, ...release])
export class ChildIdentity {
  @Field(() => String, { nullable: true })
  bsn!: string | null;

  @Field(() => String, { nullable: true })
  name!: string | null;

  @Field(() => DateScalar, { nullable: true })
  birthDate!: string | null;
}

/** @param child null once it is gone from the ledger, or is not the caller's to see. */
export function identityOf(child: ChildRecord | null): ChildIdentity {
  const name = [child?.givenName, child?.prefix, child?.familyName].filter((part) => part != null).join(" ");
  return { bsn: child?.bsn ?? null, name: name === "" ? null : name, birthDate: child?.birthDate ?? null };
}
