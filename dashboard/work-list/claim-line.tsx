import { Button } from "@nl-design-system-candidate/button-react";
import { useLanguage, useTexts } from "../language/language.ts";
import { timeOf } from "../language/moments.ts";
import type { Claim } from "./work-list.ts";

/** Says who is at work on a task, so that no two call the same school. */
export function ClaimLine(props: {
  readonly claim: Claim | undefined;
  readonly isBusy: boolean;
  readonly onClaim: () => void;
  readonly onRelease: () => void;
}) {
  const { claim, isBusy, onClaim, onRelease } = props;
  const { workList } = useTexts();
  const language = useLanguage();
  const until = claim && timeOf(claim.until, language);
  return (
    <div className="claim-line">
      <p role="status">
        {until === undefined
          ? workList.unclaimed
          : claim?.isOurs
            ? workList.oursLead(until)
            : workList.takenLead(until)}
      </p>
      {claim === undefined && (
        <Button purpose="secondary" busy={isBusy} onClick={onClaim}>
          {workList.claim}
        </Button>
      )}
      {claim?.isOurs && (
        <>
          <Button purpose="subtle" busy={isBusy} onClick={onClaim}>
            {workList.claimLonger}
          </Button>
          <Button purpose="subtle" busy={isBusy} onClick={onRelease}>
            {workList.release}
          </Button>
        </>
      )}
    </div>
  );
}
