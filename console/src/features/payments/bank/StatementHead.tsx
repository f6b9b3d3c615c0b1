/** Over a statement's entries: what may be done, how far it is, and whether the bank's balances agree with its entries. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useI18n } from "../../../lib/i18n";
import { isStatus } from "../../../lib/problem";
import { Card } from "../../../ui/Card";
import { ActionButtons } from "../../../ui/command/ActionButtons";
import { Processing } from "../../../ui/command/Processing";
import { Facts } from "../../../ui/Facts";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { StatusTag } from "../../../ui/StatusTag";
import { BillingDate, Count, Money, Nothing } from "../../../ui/Value";
import { statementActions } from "./actions";
import { isBusy, useStatement, type Statement } from "./queries";

export function StatementHead({ id }: { id: string }) {
  const { t } = useI18n();
  const { data, error, refetch } = useStatement(id);
  const client = useQueryClient();
  const isAtRest = data !== undefined && !isBusy(data);
  // What was matched or booked meanwhile is read once it is done.
  useEffect(() => {
    if (isAtRest) void client.invalidateQueries({ queryKey: ["bank_entries"] });
  }, [client, isAtRest]);
  if (data) return <Head statement={data} />;
  if (isStatus(error, 404)) return <EmptyState icon="search" title={t("bank_statement.not_found", { id })} />;
  return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={3} height={36} />;
}

function Head({ statement }: { statement: Statement }) {
  const { t } = useI18n();
  const { counts, balanced } = statement;
  const day = (value: string | null) => (value === null ? <Nothing /> : <BillingDate value={value} />);
  return (
    <Card title={statement.name || statement.reference || statement.id}>
      <div className="stack">
        <div className="row wrap"><StatusTag kind="statement" status={statement.status} /><span dir="ltr">{statement.bank_account}</span><Processing subject={statement.id} /></div>
        <ActionButtons thing={statement} actions={statementActions} across />
        <Facts
          facts={[
            [t("bank_statement.from_on"), day(statement.from_on)],
            [t("bank_statement.to_on"), day(statement.to_on)],
            [t("bank_statement.exact"), <Count key="exact" value={counts.exact} />],
            [t("bank_statement.probable"), <Count key="probable" value={counts.probable} />],
            [t("bank_statement.unmatched"), <Count key="unmatched" value={counts.unmatched} />],
            [t("bank_statement.booked"), <Count key="booked" value={counts.booked} />],
            [t("bank_statement.repeated"), <Count key="repeated" value={statement.repeated} />],
            statement.opening && [t("bank_statement.opening"), <Money key="opening" value={statement.opening} />],
            [t("bank_statement.net"), <Money key="net" value={statement.net} />],
            statement.closing && [t("bank_statement.closing"), <Money key="closing" value={statement.closing} />],
            balanced !== null && [t("bank_statement.balanced"), t(balanced ? "bank_statement.agrees" : "bank_statement.differs")],
          ]}
        />
      </div>
    </Card>
  );
}
