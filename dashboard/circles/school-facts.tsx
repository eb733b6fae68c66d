import { Reach } from "../elements/reach.tsx";
import { useFamilyTexts } from "../language/family/use-family-texts.ts";

/** The school of a circle and its contact persons, as the shelter and the parent see them. */
export function SchoolFacts(props: {
  readonly name: string;
  readonly city: string | null;
  readonly contacts: readonly { readonly name: string; readonly email: string | null }[] | null;
}) {
  const { name, city, contacts } = props;
  const { guidance: texts } = useFamilyTexts();
  return (
    <dl className="facts">
      <div>
        <dt>{texts.school}</dt>
        <dd>{[name, city].filter(Boolean).join(", ")}</dd>
      </div>
      <div>
        <dt>{texts.contacts}</dt>
        {contacts?.map((contact) => (
          <dd key={contact.name}>
            {contact.name}
            <Reach email={contact.email} />
          </dd>
        ))}
      </div>
    </dl>
  );
}
