import { AskedButton } from "../elements/asked-button.tsx";
import { useFamilyTexts } from "../language/family/use-family-texts.ts";
import { useLanguage } from "../language/language.ts";
import { lastDayBefore } from "../language/moments.ts";
import type { Consent } from "./guidance.ts";

/** One parent's consent that holds: until when, to what, and the way to take it back. */
export function ConsentPart(props: {
  readonly consent: Consent;
  /** What the child is called. */
  readonly child: string;
  /** Whether no other parent's holds beside it. */
  readonly isLast: boolean;
  readonly isBusy: boolean;
  readonly onWithdraw: () => void;
}) {
  const { consent, child, isLast, isBusy, onWithdraw } = props;
  const { guidance: texts } = useFamilyTexts();
  const language = useLanguage();
  const { validUntil, covers, schoolId } = consent;
  const parent = consent.givenBy?.name ?? texts.aParent;
  return (
    <>
      <p>{texts.consent(parent, lastDayBefore(validUntil, language))}</p>
      <p className="hint">{texts.covered(covers.map((cover) => texts.covers[cover]))}</p>
      {schoolId && <p className="hint">{texts.onlyFor(schoolId)}</p>}
      <div className="buttons">
        <AskedButton
          text={texts.withdraw}
          label={texts.withdrawOf(parent, child)}
          lead={isLast ? texts.withdrawLead : texts.withdrawOneLead}
          confirm={texts.confirmWithdraw}
          isBusy={isBusy}
          onConfirm={onWithdraw}
        />
      </div>
    </>
  );
}
