import { useFamilyTexts } from "../language/family/use-family-texts.ts";
import type { SupporterGiven } from "./operations.ts";

/** Who accompanies a family, and how they are reached: fields of a form. @param id begins their ids */
export function SupporterFields({ id }: { readonly id: string }) {
  const { guidance: texts } = useFamilyTexts();
  return (
    <>
      <Field id={id} name="name" label={texts.supporter} type="text" isRequired={true} />
      <div className="fields">
        <Field id={id} name="telephone" label={texts.telephone} type="tel" />
        <Field id={id} name="email" label={texts.email} type="email" />
      </div>
    </>
  );
}

/** What was filled in. */
export function supporterIn(given: FormData): SupporterGiven {
  const text = (name: string) => String(given.get(name)).trim();
  return { name: text("name"), telephone: text("telephone") || null, email: text("email") || null };
}

/** One line to fill in. */
export function Field(props: {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly type: "text" | "tel" | "email";
  readonly isRequired?: boolean;
}) {
  const { id, name, label, type, isRequired = false } = props;
  return (
    <div className="field">
      <label htmlFor={`${id}-${name}`}>{label}</label>
      <input id={`${id}-${name}`} name={name} type={type} required={isRequired} autoComplete="off" />
    </div>
  );
}
