import type { Ask, Operation } from "../api/ask.ts";
import { type OutcomeAnswer, useGesture } from "../api/use-gesture.ts";
import { useFamilyTexts } from "../language/family/use-family-texts.ts";
import { useTexts } from "../language/language.ts";

export interface TalkGestures {
  readonly isBusy: boolean;
  /** Why the last one was not made. */
  readonly notice: string | undefined;
  /** @returns whether it was made; the talk then comes by itself as it is now. */
  make<Input>(operation: Operation<OutcomeAnswer, { readonly input: Input }>, input: Input): Promise<boolean>;
}

export function useTalkGesture(ask: Ask): TalkGestures {
  const { talks } = useFamilyTexts();
  const { failure } = useTexts();
  const { make, say, isBusy, notice } = useGesture(ask);
  return {
    isBusy,
    notice,
    async make(operation, input) {
      const outcome = await make(operation, { input });
      if (outcome?.code !== undefined) say(talks.refusals[outcome.code] ?? failure.other);
      return outcome !== undefined && outcome.code === undefined;
    },
  };
}
