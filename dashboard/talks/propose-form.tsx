import { Button } from "@nl-design-system-candidate/button-react";
import { type FormEvent, useId } from "react";
import { useFamilyTexts } from "../language/family/use-family-texts.ts";
import { useTexts } from "../language/language.ts";
import { momentAt } from "../language/moments.ts";

/** How many moments are asked for; the first is needed. */
const moments = [1, 2, 3];

/** Asks when and where a talk can be. */
export function ProposeForm(props: {
  readonly isBusy: boolean;
  readonly onProposal: (proposal: { readonly moments: readonly string[]; readonly place: string }) => void;
  readonly onCancel: () => void;
}) {
  const { isBusy, onProposal, onCancel } = props;
  const { talks: texts } = useFamilyTexts();
  const { cancel } = useTexts();
  const id = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const chosen = given.getAll("moment").filter((moment) => moment !== "");
    onProposal({
      moments: chosen.map((moment) => momentAt(String(moment))),
      place: String(given.get("place")).trim(),
    });
  };
  return (
    <form className="fields-form" onSubmit={submit}>
      <div className="fields">
        {moments.map((number) => (
          <div key={number} className="field">
            <label htmlFor={`${id}-${number}`}>{texts.moment(number)}</label>
            <input id={`${id}-${number}`} name="moment" type="datetime-local" required={number === 1} />
          </div>
        ))}
      </div>
      <div className="field">
        <label htmlFor={`${id}-place`}>{texts.place}</label>
        <input id={`${id}-place`} name="place" required maxLength={200} autoComplete="off" />
      </div>
      <div className="buttons">
        <Button purpose="primary" type="submit" busy={isBusy}>
          {texts.confirmProposal}
        </Button>
        <Button purpose="subtle" onClick={onCancel}>
          {cancel}
        </Button>
      </div>
    </form>
  );
}
