/** The latest credit notes of one account, where it has any; the list has all. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { answer, api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useRefreshInterval } from "../../../lib/queries";
import { Card } from "../../../ui/Card";
import { PlainTable } from "../../../ui/PlainTable";
import { ErrorState } from "../../../ui/States";
import { BillingDate, Money } from "../../../ui/Value";
import { creditNotePath } from "../corrections/queries";
import { invoicePath } from "../queries";
import { Reason } from "./creditNoteList";

const shown = 20;

export default function AccountCreditNotes({ id }: { id: string }) {
  const { t } = useI18n();
  const { data, error, refetch } = useQuery({
    queryKey: ["credit-notes", "account", id],
    queryFn: ({ signal }) => answer(api.GET("/v1/credit-notes", { params: { query: { account_id: [id], sort: "-number", limit: shown } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null;
  if (data.items.length === 0) return null;
  return (
    <Card title={t("credits.title")} aside={<Link to={`/invoices/credit-notes?account_id=${encodeURIComponent(id)}`}>{t("credits.all_of", { count: data.total })}</Link>} flush>
      <PlainTable label={t("credits.title")}>
        <thead>
          <tr>
            <th scope="col">{t("credit.number")}</th>
            <th scope="col">{t("credit.invoice")}</th>
            <th scope="col" className="wide-only">{t("credit.reason")}</th>
            <th scope="col" className="wide-only">{t("credit.issued_on")}</th>
            <th scope="col" className="end">{t("credit.total")}</th>
          </tr>
        </thead>
        <tbody>
          {data.items.map((note) => (
            <tr key={note.id}>
              <th scope="row"><Link className="number" to={creditNotePath(note.id)} dir="ltr">{note.number ?? note.id}</Link></th>
              <td><Link className="number" to={invoicePath(note.invoice_id)} dir="ltr">{note.invoice_number}</Link></td>
              <td className="wide-only"><Reason reason={note.reason} /></td>
              <td className="wide-only"><BillingDate value={note.issued_on} /></td>
              <td className="end"><Money value={note.total} /></td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </Card>
  );
}
