import { Link } from "@nl-design-system-candidate/link-react";

/** How somebody is called or written to. */
export function Reach({ telephone, email }: { readonly telephone?: string | null; readonly email?: string | null }) {
  return (
    <span className="reach">
      {telephone && <Link href={`tel:${telephone.replaceAll(/[^+\d]/g, "")}`}>{telephone}</Link>}
      {email && <Link href={`mailto:${email}`}>{email}</Link>}
    </span>
  );
}
