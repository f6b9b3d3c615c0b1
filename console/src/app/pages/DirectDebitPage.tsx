/** `/payments/direct-debits/:id`: one run, its debits, and what came back. */
import { useMemo } from "react";
import { Link, useParams } from "react-router";
import { RunHead } from "../../features/payments/debits/RunHead";
import { debitList } from "../../features/payments/debits/runList";
import { useI18n } from "../../lib/i18n";
import { ListPage } from "../../ui/list/ListPage";

export default function DirectDebitPage() {
  const { t } = useI18n();
  const { id = "" } = useParams();
  const spec = useMemo(() => debitList(id), [id]);
  return (
    <div className="stack">
      <nav aria-label={t("shell.breadcrumb")} className="breadcrumb no-print small"><Link to="/payments/direct-debits">{t("debit_runs.title")}</Link></nav>
      <ListPage key={id} spec={spec} picture={<RunHead id={id} />} />
    </div>
  );
}
