import { Button } from "@nl-design-system-candidate/button-react";
import type { FormEvent } from "react";
import { useNow } from "../elements/use-now.ts";
import { useFamilyTexts } from "../language/family/use-family-texts.ts";
import { useLanguage } from "../language/language.ts";
import { momentOf } from "../language/moments.ts";

/** Asks which of the proposed moments it will be. */
export function ChooseForm(props: {
  readonly moments: readonly string[];
  readonly isBusy: boolean;
  readonly onChoice: (moment: string) => void;
}) {
  const { moments, isBusy, onChoice } = props;
  const { talks: texts } = useFamilyTexts();
  const language = useLanguage();
  const now = useNow(60_000);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onChoice(String(new FormData(event.currentTarget).get("moment")));
  };
  return (
    <form className="fields-form" onSubmit={submit}>
      <fieldset>
        <legend>{texts.which}</legend>
        {moments.map((moment) => (
          <label key={moment} className="choice">
            <input type="radio" name="moment" value={moment} required />
            {momentOf(new Date(moment), now, language)}
          </label>
        ))}
      </fieldset>
      <div className="buttons">
        <Button purpose="primary" type="submit" busy={isBusy}>
          {texts.choose}
        </Button>
      </div>
    </form>
  );
}
