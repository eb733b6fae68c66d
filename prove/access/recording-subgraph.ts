import { createServer } from "node:http";
import {
  buildASTSchema,
  type DocumentNode,
  execute,
  type FieldNode,
  GraphQLID,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  print,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import { closed, listening } from "../provider.ts";

/** A subgraph that answers everything that it is asked, to anybody, and notes what it was asked. */
export interface RecordingSubgraph extends AsyncDisposable {
  readonly url: string;
}

/** One call of the gateway: the fields that it asks for, as `Type.field`. */
export type Call = ReadonlySet<string>;

/** What a text field of a recording subgraph holds: an answer that has it has asked for it. */
export function canaryOf(type: string, field: string): string {
  return `canary:${type}.${field}`;
}

/**
 * @param schema of all subgraphs, from `recordingSchema`: it does not matter which of them this one stands for.
 * @param noted is told of each call.
 */
export async function startRecordingSubgraph(
  schema: GraphQLSchema,
  noted: (call: Call) => void,
): Promise<RecordingSubgraph> {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += chunk;
    const { query, variables } = JSON.parse(body);
    const document = parse(query);
    noted(coordinatesOf(schema, document));
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(await execute({ schema, document, variableValues: variables })));
  });
  const sockets = new WebSocketServer({ server, path: "/graphql" });
  const subscriptions = useServer(
    {
      schema,
      onSubscribe: (_, __, { query, variables }) => {
        const document = parse(query);
        noted(coordinatesOf(schema, document));
        return { schema, document, variableValues: variables };
      },
    },
    sockets,
  );
  const url = await listening(server);
  return {
    url: `${url}/graphql`,
    async [Symbol.asyncDispose]() {
      await subscriptions.dispose();
      await closed(server);
    },
  };
}

/** A schema of all that the supergraph has, which makes up every value. */
export function recordingSchema(supergraph: DocumentNode, entities: readonly string[]): GraphQLSchema {
  const isOurs = (name: string) => !/^(join|link)__|__/.test(name);
  const plain = visit(supergraph, {
    Directive: (node) => (["deprecated", "specifiedBy", "oneOf"].includes(node.name.value) ? undefined : null),
    DirectiveDefinition: () => null,
    ScalarTypeDefinition: (node) => (isOurs(node.name.value) ? undefined : null),
    EnumTypeDefinition: (node) => (isOurs(node.name.value) ? undefined : null),
    InputObjectTypeDefinition: (node) => (isOurs(node.name.value) ? undefined : null),
  });
  const more = `
    scalar _Any
    union _Entity = ${entities.join(" | ")}
    extend type Query { _entities(representations: [_Any!]!): [_Entity]! }
  `;
  const schema = buildASTSchema(parse(`${print(plain)}\n${entities.length > 0 ? more : ""}`));
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith("__") || !isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      field.resolve = (_, args, __, info) =>
        field.name === "_entities" ? entitiesOf(args) : madeUp(field.type, type.name, info);
      if (type.name !== "Subscription") continue;
      field.subscribe = async function* () {
        yield {};
      };
    }
  }
  return schema;
}

function entitiesOf({ representations }: { representations?: { __typename: string }[] }): unknown[] {
  return (representations ?? []).map(({ __typename }) => ({ __typename }));
}

function madeUp(type: GraphQLOutputType, owner: string, info: GraphQLResolveInfo): unknown {
  if (isNonNullType(type)) return madeUp(type.ofType, owner, info);
  if (isListType(type)) return [madeUp(type.ofType, owner, info)];
  if (isEnumType(type)) return type.getValues()[0]?.value;
  switch (type.name) {
    case "Int":
      return 7;
    case "Float":
      return 7.5;
    case "Boolean":
      return true;
    case "Date":
      return "2026-11-23";
    case "DateTime":
      return "2026-11-23T06:45:00.000Z";
    case GraphQLID.name:
    case "String":
      return canaryOf(owner, info.fieldName);
    default:
      return { __typename: typeOf(info) };
  }
}

/** Of an abstract type, the member that is asked about. */
function typeOf({ fieldNodes, fragments, returnType, schema }: GraphQLResolveInfo): string | undefined {
  const found: string[] = [];
  const look = (set: SelectionSetNode | undefined): void => {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) continue;
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value];
      const on = fragment?.typeCondition?.name.value;
      if (on !== undefined && isObjectType(schema.getType(on))) found.push(on);
      look(fragment?.selectionSet);
    }
  };
  for (const node of fieldNodes as readonly FieldNode[]) look(node.selectionSet);
  const type = getNamedType(returnType);
  return isAbstractType(type) ? (found[0] ?? schema.getPossibleTypes(type)[0]?.name) : type.name;
}

function coordinatesOf(schema: GraphQLSchema, document: DocumentNode): Call {
  const found = new Set<string>();
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: (node) => {
        const parent = types.getParentType();
        if (parent !== null && parent !== undefined) found.add(`${parent.name}.${node.name.value}`);
      },
    }),
  );
  return found;
}
