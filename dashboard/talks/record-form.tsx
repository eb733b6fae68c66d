import { Button } from "@nl-design-system-candidate/button-react";
import { type FormEvent, useId, useState } from "react";
import { useFamilyTexts } from "../language/family/use-family-texts.ts";
import { useTexts } from "../language/language.ts";
import type { NewAction } from "./operations.ts";
import { type Role, roles } from "./talks.ts";

/** How much the API takes. */
const most = 20;

/** Asks what was agreed in a talk that was held; it may be nothing. */
export function RecordForm(props: {
  readonly isBusy: boolean;
  readonly onRecord: (actions: readonly NewAction[]) => void;
  readonly onCancel: () => void;
}) {
  const { isBusy, onRecord, onCancel } = props;
  const { talks: texts } = useFamilyTexts();
  const { cancel } = useTexts();
  const [rows, setRows] = useState(1);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const [whats, whos, bys] = ["what", "who", "by"].map((name) => given.getAll(name).map(String)) as [
      string[],
      string[],
      string[],
    ];
    const actions = whats.map((what, at) => ({ what: what.trim(), who: whos[at] as Role, by: bys[at] ?? "" }));
    onRecord(actions.filter(({ what }) => what !== ""));
  };
  return (
    <form className="fields-form" onSubmit={submit}>
      {Array.from({ length: rows }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are added at the end only
        <ActionFields key={at} number={at + 1} />
      ))}
      <div className="buttons">
        <Button purpose="primary" type="submit" busy={isBusy}>
          {texts.record}
        </Button>
        {rows < most && (
          <Button purpose="secondary" onClick={() => setRows(rows + 1)}>
            {texts.oneMore}
          </Button>
        )}
        <Button purpose="subtle" onClick={onCancel}>
          {cancel}
        </Button>
      </div>
    </form>
  );
}

function ActionFields({ number }: { readonly number: number }) {
  const { talks: texts } = useFamilyTexts();
  const id = useId();
  const [what, setWhat] = useState("");
  return (
    <fieldset className="fields">
      <legend>{texts.agreed(number)}</legend>
      <div className="field">
        <label htmlFor={`${id}-what`}>{texts.what}</label>
        <input
          id={`${id}-what`}
          name="what"
          value={what}
          onChange={({ target }) => setWhat(target.value)}
          maxLength={500}
          autoComplete="off"
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-who`}>{texts.who}</label>
        <select id={`${id}-who`} name="who">
          {roles.map((role) => (
            <option key={role} value={role}>
              {texts.roles[role]}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor={`${id}-by`}>{texts.by}</label>
        <input id={`${id}-by`} name="by" type="date" required={what.trim() !== ""} />
      </div>
    </fieldset>
  );
}
