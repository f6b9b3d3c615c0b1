/** `/payments/bank-statements/:id`: one statement, its entries with what each seems to pay, and what waits for a person. */
import { useMemo } from "react";
import { Link, useParams } from "react-router";
import { entryList } from "../../features/payments/bank/entryList";
import { StatementHead } from "../../features/payments/bank/StatementHead";
import { useI18n } from "../../lib/i18n";
import { ListPage } from "../../ui/list/ListPage";

export default function BankStatementPage() {
  const { t } = useI18n();
  const { id = "" } = useParams();
  const spec = useMemo(() => entryList(id), [id]);
  return (
    <div className="stack">
      <nav aria-label={t("shell.breadcrumb")} className="breadcrumb no-print small"><Link to="/payments/bank-statements">{t("statements.title")}</Link></nav>
      <ListPage key={id} spec={spec} picture={<StatementHead id={id} />} />
    </div>
  );
}
