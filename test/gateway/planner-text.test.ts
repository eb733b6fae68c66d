import { describe, expect, test } from "@jest/globals";
import { buildSchema, parse, print, stripIgnoredCharacters } from "graphql";
import { admitDocument, operationOf } from "../../gateway/execution/admission.ts";
import { PlannerText } from "../../gateway/execution/planner-text.ts";
import { SourceKeys } from "../../gateway/execution/source-keys.ts";

const text = `
  type Query { it: Named any: [Any] }
  interface Named { name: String next: Named }
  interface Aged { age(in: String): Int }
  type Cat implements Named & Aged { name: String next: Named age(in: String): Int paws: Int }
  type Dog implements Named & Aged { name: String next: Named age(in: String): Int }
  type Cup implements Named { name: String next: Named }
  union Any = Cat | Cup
`;
const schema = buildSchema(text);

function written(source: string, conditions: ReadonlyMap<string, boolean> = new Map()): string {
  const document = parse(source);
  admitDocument(schema, document);
  const { definition, fragments } = operationOf(document);
  const operation = new PlannerText(schema, fragments, new SourceKeys(parse(text)), conditions).of(definition);
  return stripIgnoredCharacters(print(parse(operation)));
}

describe("the planner is given", () => {
  test.each([
    [
      "a field once, however often it is asked",
      "{ it { name name ... { name } ...A ...A } } fragment A on Named { name }",
      "{it{name}}",
    ],
    [
      "what is below its uses together",
      "{ it { next { name } ... on Named { next { next { name } } } } }",
      "{it{next{name next{name}}}}",
    ],
    [
      "a fragment that all fit as plain fields",
      "{ it { ... on Cat { ... on Named { name } } } }",
      "{it{...on Cat{name}}}",
    ],
    ["one level of fragments", "{ it { ... on Aged { ... on Cat { paws } } } }", "{it{...on Cat{paws}}}"],
    [
      "no fragment that nothing fits",
      "{ it { name ... on Cat { ... on Named { ... on Dog { name } } } } }",
      "{it{name __typename}}",
    ],
    [
      "the objects by name where no type stands for them",
      "{ it { ... on Aged { ... on Named { name } } } }",
      "{it{...on Cat{name}...on Dog{name}}}",
    ],
    [
      "a field of an interface by that interface, in a union",
      "{ any { ... on Named { name } } }",
      "{any{...on Named{name}}}",
    ],
    [
      "the client's aliases and variables out of the way",
      "query($in: String) { it { ... on Cat { name: age(in: $in) } } }",
      "query($_given_in:String){it{...on Cat{_as_name:age(in:$_given_in)}}}",
    ],
  ])("%s", (_, source, expected) => {
    expect(written(source)).toBe(expected);
  });

  test("no condition, but its outcome", () => {
    const source =
      "query($yes: Boolean!) { it { name @skip(if: $yes) next @include(if: $yes) { name } ...A @skip(if: $yes) } } fragment A on Cat { paws }";
    expect(written(source, new Map([["yes", true]]))).toBe("query($_given_yes:Boolean!){it{next{name}}}");
    expect(written(source, new Map([["yes", false]]))).toBe("query($_given_yes:Boolean!){it{name ...on Cat{paws}}}");
  });

  test("little, however far fragments unfold", () => {
    const levels = 12;
    const [one, other] = ["Named", "Aged"];
    const fragments = Array.from({ length: levels }, (_, level) => {
      const inner = `...F${level + 1} ...F${level + 1}`;
      return `fragment F${level} on ${level % 2 === 0 ? one : other} { ${inner} }`;
    });
    const chain = Array.from({ length: 100 }).reduce<string>(
      (inner) => `... on Cat { ... on Aged { ${inner} } }`,
      "age",
    );
    const source = `{ it { ...F0 } } ${fragments.join(" ")} fragment F${levels} on Named { ${chain} }`;
    const begun = performance.now();
    expect(written(source)).toBe("{it{...on Cat{_as_age:age}}}");
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});
