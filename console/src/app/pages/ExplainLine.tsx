/** Beside the invoice: why a line costs what it does, from the amount down to the records that the network sent. */
import { lazy, Suspense } from "react";
import { Link } from "react-router";
import { LineExplained } from "../../features/invoicing/LineExplained";
import type { InvoiceDetail, InvoiceLine } from "../../features/invoicing/queries";
import { ChargePrice } from "../../features/rating/ChargePrice";
import { ChargeRecords } from "../../features/usage/ChargeRecords";
import { useI18n } from "../../lib/i18n";
import { withWords } from "../../lib/i18n/words";
import { formatMoney } from "../../lib/money";
import { Dialog } from "../../ui/Dialog";

const LineBehind = lazy(withWords(["audit"], () => import("../../features/invoicing/LineBehind")));
const ChargeDays = lazy(withWords(["audit"], () => import("../../features/usage/ChargeDays")));

interface Props {
  invoice: InvoiceDetail;
  line: InvoiceLine;
  onClose: () => void;
}

export default function ExplainLine({ invoice, line, onClose }: Props) {
  const { t, locale } = useI18n();
  return (
    <Dialog title={t("explain.title", { amount: formatMoney(locale, line.net) })} onClose={onClose} side>
      <p className="explain-head">
        <strong dir="auto">{line.description}</strong>
        <span className="muted small">{t("explain.line_of", { n: line.n, number: invoice.number ?? invoice.id })}</span>
      </p>
      <LineExplained invoiceId={invoice.id} n={line.n} />
      {line.carried_from && <p><Link to={`/invoices/${line.carried_from}`}>{t("explain.carried_from")}</Link></p>}
      {line.charge_id && <ChargePrice chargeId={line.charge_id} />}
      <Suspense fallback={null}>
        <LineBehind invoiceId={invoice.id} n={line.n} />
        {line.charge_id && line.records > 0 && <ChargeDays chargeId={line.charge_id} />}
      </Suspense>
      {line.charge_id && line.records > 0 && <ChargeRecords chargeId={line.charge_id} accountId={invoice.account_id} count={line.records} />}
    </Dialog>
  );
}
