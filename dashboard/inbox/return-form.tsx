import { Button } from "@nl-design-system-candidate/button-react";
import { Heading } from "@nl-design-system-candidate/heading-react";
import { Paragraph } from "@nl-design-system-candidate/paragraph-react";
import { type FormEvent, useEffect, useRef } from "react";
import { useTexts } from "../language/language.ts";

export type ReturnReason = "NOT_OUR_PUPIL" | "LEFT_SCHOOL";

/** Asks why a message is not for this school, before it is gone for everybody here. */
export function ReturnForm(props: {
  readonly isBusy: boolean;
  readonly onReason: (reason: ReturnReason) => void;
  readonly onCancel: () => void;
}) {
  const { isBusy, onReason, onCancel } = props;
  const texts = useTexts();
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onReason(new FormData(event.currentTarget).get("reason") as ReturnReason);
  };
  return (
    <form className="actions" onSubmit={submit}>
      <Heading level={2}>{texts.message.notOursTitle}</Heading>
      <Paragraph>{texts.message.notOursLead}</Paragraph>
      <fieldset>
        <legend className="only-read-out">{texts.message.notOursTitle}</legend>
        <label className="choice">
          <input type="radio" name="reason" value="NOT_OUR_PUPIL" required ref={first} />
          {texts.message.notOurPupil}
        </label>
        <label className="choice">
          <input type="radio" name="reason" value="LEFT_SCHOOL" />
          {texts.message.leftSchool}
        </label>
      </fieldset>
      <div className="buttons">
        <Button purpose="primary" type="submit" busy={isBusy}>
          {texts.message.confirmReturn}
        </Button>
        <Button purpose="subtle" onClick={onCancel}>
          {texts.cancel}
        </Button>
      </div>
    </form>
  );
}
