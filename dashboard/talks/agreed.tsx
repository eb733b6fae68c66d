import { Button } from "@nl-design-system-candidate/button-react";
import { useFamilyTexts } from "../language/family/use-family-texts.ts";
import { useLanguage } from "../language/language.ts";
import { dayOf } from "../language/moments.ts";
import type { AgreedAction } from "./talks.ts";

/** What was agreed in a talk: who does what by when, and what of it is done. */
export function Agreed(props: {
  readonly actions: readonly AgreedAction[];
  readonly isBusy: boolean;
  /** Undefined where it cannot be confirmed. */
  readonly onKept: ((id: string) => void) | undefined;
}) {
  const { actions, isBusy, onKept } = props;
  const { talks: texts } = useFamilyTexts();
  const language = useLanguage();
  if (actions.length === 0) return null;
  return (
    <ul className="agreed">
      {actions.map(({ id, what, who, by, keptAt }) => (
        <li key={id}>
          <span>
            <strong>{what ?? texts.erased}</strong>
            <span className="hint">{texts.whoBy(texts.roles[who], dayOf(by, language))}</span>
          </span>
          {keptAt !== null ? (
            <span className="nl-data-badge">{texts.kept}</span>
          ) : (
            onKept && (
              <Button
                purpose="secondary"
                busy={isBusy}
                onClick={() => onKept(id)}
                aria-label={texts.keepOf(what ?? texts.erased)}
              >
                {texts.keep}
              </Button>
            )
          )}
        </li>
      ))}
    </ul>
  );
}
