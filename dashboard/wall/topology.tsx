import { useTexts } from "../language/language.ts";
import type { Federation, ShownHealth } from "./federation.ts";

/** Measures of the picture, in its own units. */
const rowHeight = 52;
const box = { width: 190, height: 38 };
const columns = { contracts: 4, gateway: 325, subgraphs: 646 };
const width = columns.subgraphs + box.width + 4;

/** The parts: who asks, the gateway, and the subgraphs with how they are. As a picture, and the same as a table. */
export function Topology({ federation }: { readonly federation: Federation<ShownHealth> }) {
  return (
    <>
      <Picture federation={federation} />
      <Table federation={federation} />
    </>
  );
}

function Picture({ federation: { contracts, subgraphs } }: { readonly federation: Federation<ShownHealth> }) {
  const { wall } = useTexts();
  const nameOf = useNames();
  const height = Math.max(contracts.length, subgraphs.length) * rowHeight;
  const middle = height / 2;
  /** The middle of a row, where a column is shorter than the picture. */
  const rowOf = (at: number, count: number) => middle + (at - (count - 1) / 2) * rowHeight;
  const gateway = { left: columns.gateway, right: columns.gateway + box.width };
  return (
    <svg className="topology" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {contracts.map(({ name }, at) => (
        <Line
          key={name}
          from={[columns.contracts + box.width, rowOf(at, contracts.length)]}
          to={[gateway.left, middle]}
          health="READY"
        />
      ))}
      {subgraphs.map(({ name, health }, at) => (
        <Line
          key={name}
          from={[gateway.right, middle]}
          to={[columns.subgraphs, rowOf(at, subgraphs.length)]}
          health={health}
        />
      ))}
      {contracts.map(({ name }, at) => (
        <Box key={name} x={columns.contracts} y={rowOf(at, contracts.length)} name={nameOf(name)} kind="contract" />
      ))}
      <Box x={columns.gateway} y={middle} name={wall.gateway} kind="gateway" />
      {subgraphs.map(({ name, health }, at) => (
        <Box
          key={name}
          x={columns.subgraphs}
          y={rowOf(at, subgraphs.length)}
          name={nameOf(name)}
          kind="subgraph"
          health={health}
        />
      ))}
    </svg>
  );
}

/** What parts and parties are called; those that nobody has named go by their own names. */
function useNames(): (name: string) => string {
  const { partyNames } = useTexts().wall;
  return (name) => partyNames[name] ?? name;
}

type Point = readonly [x: number, y: number];

function Line({ from, to, health }: { readonly from: Point; readonly to: Point; readonly health: ShownHealth }) {
  const bend = (from[0] + to[0]) / 2;
  const path = `M${from.join(" ")} C${bend} ${from[1]} ${bend} ${to[1]} ${to.join(" ")}`;
  return <path d={path} className={`topology__line topology__line--${health.toLowerCase()}`} />;
}

/** How a subgraph is, by its shape as well as its colour. */
const marks: Readonly<Record<ShownHealth, string>> = {
  READY: "M-6 0 L-2 5 L7 -5",
  NOT_READY: "M-6 0 L6 0",
  UNREACHABLE: "M-5 -5 L5 5 M5 -5 L-5 5",
  UNKNOWN: "M-4 -3 A4 4 0 1 1 0 2 L0 3 M0 7 L0 7.5",
};

function Box(props: {
  readonly x: number;
  /** Of its middle. */
  readonly y: number;
  readonly name: string;
  readonly kind: "contract" | "gateway" | "subgraph";
  readonly health?: ShownHealth;
}) {
  const { x, y, name, kind, health } = props;
  const state = health ? ` topology__box--${health.toLowerCase()}` : "";
  return (
    <g transform={`translate(${x} ${y})`} className={`topology__box topology__box--${kind}${state}`}>
      <rect y={-box.height / 2} width={box.width} height={box.height} rx={8} />
      {health && <path d={marks[health]} transform="translate(22 0)" />}
      <text x={health ? 42 : 16} dominantBaseline="central">
        {name}
      </text>
    </g>
  );
}

function Table({ federation: { contracts, subgraphs } }: { readonly federation: Federation<ShownHealth> }) {
  const { wall } = useTexts();
  const nameOf = useNames();
  return (
    <div className="topology-table">
      <table className="wall-table">
        <thead>
          <tr>
            <th scope="col">{wall.subgraph}</th>
            <th scope="col">{wall.state}</th>
          </tr>
        </thead>
        <tbody>
          {subgraphs.map(({ name, health }) => (
            <tr key={name}>
              <th scope="row">{nameOf(name)}</th>
              <td>{wall.health[health]}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <table className="wall-table">
        <thead>
          <tr>
            <th scope="col">{wall.contract}</th>
            <th scope="col">{wall.asks}</th>
          </tr>
        </thead>
        <tbody>
          {contracts.map(({ name, subgraphs: asked }) => (
            <tr key={name}>
              <th scope="row">{nameOf(name)}</th>
              <td>{asked.map(nameOf).join(", ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
