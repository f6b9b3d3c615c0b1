/** An invoice of which a row knows the id only, by its number; one that has none yet by its id. */
import { Link } from "react-router";
import { useName } from "../../lib/names";
import { invoicePath } from "./queries";

export function InvoiceNumber({ id }: { id: string }) {
  const number = useName("invoice", id);
  return <Link className="number nowrap" to={invoicePath(id)} dir="ltr">{number ?? id}</Link>;
}
