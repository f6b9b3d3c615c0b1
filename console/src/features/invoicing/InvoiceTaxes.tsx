/** The taxes of an invoice, each explained: on what, of which rate, whose it is, by which rule, and which lines it is of. */
import { useI18n, useLabel } from "../../lib/i18n";
import { formatDecimal, plain } from "../../lib/money";
import { isStatus } from "../../lib/problem";
import { Card } from "../../ui/Card";
import { PlainTable } from "../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../ui/States";
import { Money } from "../../ui/Value";
import { useInvoiceTaxes, type InvoiceDetail, type InvoiceTax } from "./queries";
import { TaxWhy } from "./TaxWhy";

export function InvoiceTaxes({ invoice }: { invoice: Pick<InvoiceDetail, "id" | "status" | "provisional"> }) {
  const { t } = useI18n();
  if (invoice.provisional) return <Card title={t("taxes.title")}><EmptyState icon="invoice" title={t("taxes.provisional")} /></Card>;
  return <Taxes id={invoice.id} />;
}

function Taxes({ id }: { id: string }) {
  const { t } = useI18n();
  const { data, error, refetch } = useInvoiceTaxes(id);
  const isMissing = isStatus(error, 404) || isStatus(error, 409);
  return (
    <Card title={t("taxes.title")} flush>
      {(data?.items.length === 0 || isMissing) && <EmptyState icon="invoice" title={t("taxes.none")} />}
      {data && data.items.length > 0 && (
        <PlainTable label={t("taxes.title")} className="stacked">
          <thead>
            <tr>
              <th scope="col">{t("taxes.tax")}</th>
              <th scope="col">{t("taxes.why")}</th>
              <th scope="col" className="end">{t("taxes.base")}</th>
              <th scope="col" className="end">{t("taxes.rate")}</th>
              <th scope="col" className="end">{t("taxes.amount")}</th>
            </tr>
          </thead>
          <tbody>{data.items.map((tax, index) => <Row key={`${tax.category} ${tax.rate} ${tax.jurisdiction ?? ""} ${index}`} tax={tax} />)}</tbody>
        </PlainTable>
      )}
      {!data && error && !isMissing && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <div className="pad"><Skeleton lines={4} height={36} /></div>}
    </Card>
  );
}

function Row({ tax }: { tax: InvoiceTax }) {
  const { t, locale } = useI18n();
  const label = useLabel();
  return (
    <tr>
      <th scope="row">
        {tax.name || label(`taxes.category_${tax.category.toLowerCase()}`, tax.category)}
        <span className="small muted below">{tax.category} · {label(`taxes.category_${tax.category.toLowerCase()}`, tax.category)}</span>
      </th>
      <td data-label={t("taxes.why")}><TaxWhy tax={tax} /></td>
      <td className="end" data-label={t("taxes.base")}><Money value={tax.base} /></td>
      <td className="end" data-label={t("taxes.rate")}><span className="number nowrap" dir="ltr">{`${formatDecimal(locale, plain(tax.rate))}\u00a0%`}</span></td>
      <td className="end" data-label={t("taxes.amount")}><strong><Money value={tax.tax} /></strong></td>
    </tr>
  );
}
