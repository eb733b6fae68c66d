import { Button } from "@nl-design-system-candidate/button-react";
import type { Ask } from "../api/ask.ts";
import { useGesture } from "../api/use-gesture.ts";
import { Notice } from "../elements/notice.tsx";
import { useTexts } from "../language/language.ts";
import { practise } from "./operations.ts";
import type { Inbox } from "./source.ts";

/** Sends a practice message to the own inbox: of the one school, or of the one that is named. */
export function Practise({ schools, ask }: { readonly schools: Inbox["schools"]; readonly ask: Ask }) {
  const { inbox, failure } = useTexts();
  const { make, say, notice, isBusy } = useGesture(ask);
  const practiseAt = async (schoolId: string) => {
    const outcome = await make(practise, { schoolId });
    if (outcome !== undefined && outcome.__typename !== "PracticeSignalSent") say(failure.other);
  };
  return (
    <>
      {schools.map(({ id, name }) => (
        <Button key={id} purpose="subtle" busy={isBusy} onClick={() => void practiseAt(id)}>
          {schools.length === 1 ? inbox.practise : inbox.practiseAt(name)}
        </Button>
      ))}
      <Notice>{notice}</Notice>
    </>
  );
}
