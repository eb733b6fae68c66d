import { Column, Entity, PrimaryColumn } from "typeorm";

/*
 * The crisis team's deployments as we read and write them: English names in the code, the system's
 * own Dutch names in the database. To wrap another system, map these classes to its tables or views.
 */

/** A team, which acts as an organisation of its own. */
@Entity({ schema: "registry", name: "crisisteam" })
export class CrisisTeam {
  @PrimaryColumn("text", { name: "teamcode" })
  code!: string;

  @Column("text", { name: "oin" })
  oin!: string;
}

/** A call to which a team went out. */
@Entity({ schema: "registry", name: "inzet" })
export class CrisisDeployment {
  /** The system gives it. */
  @PrimaryColumn("text", { name: "inzetnummer", default: () => "" })
  number!: string;

  @Column("text", { name: "teamcode" })
  team!: string;

  @Column("text", { name: "aanleidingen", array: true })
  causes!: string[];

  /** Milliseconds since 1970. */
  @Column("bigint", { name: "ter_plaatse_ms", nullable: true })
  onSiteAt!: string | null;

  /** The number under which the reporter knows it. */
  @Column("text", { name: "kenmerk_melder", nullable: true })
  reference!: string | null;
}

/** Somebody who was there. We write such rows; only the trigger reads them. */
@Entity({ schema: "registry", name: "aanwezige" })
export class CrisisAttendant {
  @PrimaryColumn("text", { name: "inzetnummer" })
  deployment!: string;

  /** From 1, in the order in which they were noted. */
  @PrimaryColumn("smallint", { name: "volgnummer" })
  place!: number;

  @Column("text", { name: "hoedanigheid" })
  role!: string;

  @Column("jsonb", { name: "persoon", select: false })
  person?: CrisisPerson;
}

/** A person as the system keeps one: a document, in which anything may be missing. */
export interface CrisisPerson {
  readonly bsn?: string | undefined;
  readonly naam?: {
    readonly voor?: string | undefined;
    readonly tussen?: string | undefined;
    readonly achter?: string | undefined;
  };
  /** `DD-MM-YYYY` */
  readonly geboren?: string | undefined;
}
