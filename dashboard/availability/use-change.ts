import type { Ask, Operation } from "../api/ask.ts";
import { type OutcomeAnswer, useGesture } from "../api/use-gesture.ts";
import { useTexts } from "../language/language.ts";

export interface Changes {
  readonly isBusy: boolean;
  /** What is to be said of the last one. */
  readonly notice: string | undefined;
  /** @param done said where the change was made. @returns whether it was. */
  make<Variables>(operation: Operation<OutcomeAnswer, Variables>, variables: Variables, done: string): Promise<boolean>;
}

/** What a section of the settings is given. */
export interface SectionOf<Subject> {
  readonly school: Subject;
  readonly ask: Ask;
  /** Shows what there is now. */
  readonly onChange: () => Promise<void>;
}

/** Changes what a school has set, or says why not. @param refusals by the code of a refusal */
export function useChange({ ask, onChange }: SectionOf<unknown>, refusals: Readonly<Record<string, string>>): Changes {
  const { availability, failure } = useTexts();
  const { make, say, isBusy, notice } = useGesture(ask);
  return {
    isBusy,
    notice,
    async make(operation, variables, done) {
      const outcome = await make(operation, variables);
      if (outcome === undefined) return false;
      const { code, __typename: type } = outcome;
      if (code !== undefined) {
        say(refusals[code] ?? failure.other);
        return false;
      }
      // What it was about has gone meanwhile: a colleague was quicker.
      const isGone = type.endsWith("NotFound");
      say(isGone ? availability.changed : done);
      await onChange();
      return !isGone;
    },
  };
}
