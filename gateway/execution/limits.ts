import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";

/** What a selection set amounts to once its fragments are written out. */
interface Extent {
  /** Levels of nesting, of data and of introspection. */
  readonly depth: number;
  readonly introspectionDepth: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly directives: number;
  readonly selections: number;
}

/** What one document may ask for. */
export interface DocumentLimits extends Extent {
  /** Lexical tokens of the text, checked while it is parsed. */
  readonly tokens: number;
}

export const usualLimits: DocumentLimits = {
  tokens: 2_000,
  depth: 15,
  introspectionDepth: 20,
  aliases: 50,
  rootFields: 20,
  directives: 50,
  selections: 5_000,
};

const none: Extent = {
  depth: 0,
  introspectionDepth: 0,
  aliases: 0,
  rootFields: 0,
  directives: 0,
  selections: 0,
};

/**
 * Whether a document stays within the limits. Each fragment is measured once, however often and
 * however deep it is spread, so that the measuring itself cannot be made to explode.
 */
export function isWithinLimits(document: DocumentNode, limits: DocumentLimits = usualLimits): boolean {
  const measure = new Measure(document);
  return document.definitions.every((definition) => {
    switch (definition.kind) {
      case Kind.OPERATION_DEFINITION:
        return isWithin(measure.ofOperation(definition), limits);
      // Also one that is spread nowhere: validation looks at it as at any other. What its fields are of is not known yet.
      case Kind.FRAGMENT_DEFINITION:
        return isWithin({ ...measure.ofFragment(definition.name.value), rootFields: 0 }, limits);
      // What is no document of a client is left to validation.
      default:
        return true;
    }
  });
}

function isWithin(extent: Extent, limits: Extent): boolean {
  return (Object.keys(none) as (keyof Extent)[]).every((key) => extent[key] <= limits[key]);
}

class Measure {
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #measured = new Map<string, Extent>();

  constructor(document: DocumentNode) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition);
    }
  }

  ofOperation({ selectionSet, directives = [], variableDefinitions = [] }: OperationDefinitionNode): Extent {
    const onVariables = variableDefinitions.reduce((total, one) => total + (one.directives?.length ?? 0), 0);
    return sum(this.#of(selectionSet), { ...none, directives: directives.length + onVariables });
  }

  ofFragment(name: string): Extent {
    const known = this.#measured.get(name);
    if (known !== undefined) return known;
    // A fragment that spreads itself counts as nothing inside itself: validation refuses it later.
    this.#measured.set(name, none);
    const fragment = this.#fragments.get(name);
    const directives = fragment?.directives?.length ?? 0;
    const extent = fragment ? sum(this.#of(fragment.selectionSet), { ...none, directives }) : none;
    this.#measured.set(name, extent);
    return extent;
  }

  #of(selectionSet: SelectionSetNode): Extent {
    let extent = none;
    for (const selection of selectionSet.selections) {
      const directives = selection.directives?.length ?? 0;
      switch (selection.kind) {
        case Kind.FIELD: {
          const below = selection.selectionSet ? this.#of(selection.selectionSet) : none;
          const isIntrospection = selection.name.value.startsWith("__");
          const field = {
            depth: isIntrospection ? 1 : below.depth + 1,
            introspectionDepth: isIntrospection ? below.depth + 1 : below.introspectionDepth,
            aliases: below.aliases + (selection.alias ? 1 : 0),
            rootFields: 1,
            directives: below.directives + directives,
            selections: below.selections + 1,
          };
          extent = sum(extent, field);
          break;
        }
        case Kind.INLINE_FRAGMENT:
          extent = sum(sum(extent, this.#of(selection.selectionSet)), { ...none, directives });
          break;
        case Kind.FRAGMENT_SPREAD:
          extent = sum(sum(extent, this.ofFragment(selection.name.value)), { ...none, directives });
          break;
        default:
          selection satisfies never;
      }
    }
    return extent;
  }
}

/** Levels are the deeper of two, all else adds up. */
function sum(one: Extent, other: Extent): Extent {
  return {
    depth: Math.max(one.depth, other.depth),
    introspectionDepth: Math.max(one.introspectionDepth, other.introspectionDepth),
    aliases: one.aliases + other.aliases,
    rootFields: one.rootFields + other.rootFields,
    directives: one.directives + other.directives,
    selections: one.selections + other.selections,
  };
}
