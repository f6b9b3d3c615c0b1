/** The invoices of a handover: the first by number, and how many more there are. */
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import type { Handover } from "./handoverList";

export function HandedInvoices({ of: invoices }: { of: Handover["invoices"] }) {
  const { t } = useI18n();
  const [first] = invoices;
  if (first === undefined) return null;
  return (
    <>
      <Link to={`/invoices/${encodeURIComponent(first.invoice_id)}`}>{first.number}</Link>
      {invoices.length > 1 && <span className="small muted below">{t("handover.more", { count: invoices.length - 1 })}</span>}
    </>
  );
}
