/** `/payments/vouchers/:id`: one batch, and its vouchers by their serials. */
import { useMemo } from "react";
import { Link, useParams } from "react-router";
import { BatchHead } from "../../features/payments/vouchers/BatchHead";
import { voucherList } from "../../features/payments/vouchers/lists";
import { useI18n } from "../../lib/i18n";
import { ListPage } from "../../ui/list/ListPage";

export default function VoucherBatchPage() {
  const { t } = useI18n();
  const { id = "" } = useParams();
  const spec = useMemo(() => voucherList(id), [id]);
  return (
    <div className="stack">
      <nav aria-label={t("shell.breadcrumb")} className="breadcrumb no-print small"><Link to="/payments/vouchers">{t("voucher_batches.title")}</Link></nav>
      <ListPage key={id} spec={spec} picture={<BatchHead id={id} />} />
    </div>
  );
}
