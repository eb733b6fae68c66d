import { Button } from "@nl-design-system-candidate/button-react";
import { useState } from "react";
import type { Ask } from "../api/ask.ts";
import { useGesture } from "../api/use-gesture.ts";
import { Notice } from "../elements/notice.tsx";
import { useFamilyTexts } from "../language/family/use-family-texts.ts";
import { useLanguage, useTexts } from "../language/language.ts";
import { momentOf } from "../language/moments.ts";
import type { Family } from "./guidance.ts";
import { inviteParent } from "./operations.ts";

/** Gives a parent the code for a page of their own. It is shown here once. */
export function Invitations({ family, now, ask }: { readonly family: Family; readonly now: Date; readonly ask: Ask }) {
  const { guidance: texts } = useFamilyTexts();
  const { failure } = useTexts();
  const language = useLanguage();
  const { make, say, notice, isBusy } = useGesture(ask);
  const [code, setCode] = useState<string>();
  const invite = async (parentId: string) => {
    setCode(undefined);
    const outcome = await make(inviteParent, { guidanceId: family.id, parentId });
    if (outcome?.invitation !== undefined) {
      setCode(outcome.invitation);
      say(texts.codeUntil(momentOf(new Date(outcome.validUntil ?? ""), now, language)));
    } else if (outcome !== undefined) say(texts.refusals[outcome.code ?? ""] ?? failure.other);
  };
  return (
    <section className="actions">
      <Notice>{notice}</Notice>
      {code && <p className="code">{code}</p>}
      <div className="buttons">
        {family.parents.map(({ id, name }) => (
          <Button key={id} purpose="secondary" busy={isBusy} onClick={() => void invite(id)}>
            {texts.invite(name)}
          </Button>
        ))}
      </div>
    </section>
  );
}
