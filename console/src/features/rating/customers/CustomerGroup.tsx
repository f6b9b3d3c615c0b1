/** The group a customer is in: whom they belong to, who pays, and who belongs to them, each with what they owe. */
import { useI18n } from "../../../lib/i18n";
import { isZero } from "../../../lib/decimal";
import { Card } from "../../../ui/Card";
import { Facts } from "../../../ui/Facts";
import { CustomerName } from "../../../ui/Named";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { StatusTag } from "../../../ui/StatusTag";
import { Count, Money } from "../../../ui/Value";
import { useMembers, type CustomerDetail } from "./queries";

export function CustomerGroup({ customer: { id, parent_id, billed_by } }: { customer: CustomerDetail }) {
  const { t } = useI18n();
  return (
    <>
      <Card title={t("group.place")}>
        <Facts
          facts={[
            [t("customer.parent"), parent_id === null ? <span key="none" className="muted">{t("group.no_parent")}</span> : <CustomerName key="parent" id={parent_id} link />],
            [t("customer.payer"), billed_by === id ? <span key="own" className="muted">{t("group.pays_alone")}</span> : <CustomerName key="payer" id={billed_by} link />],
          ]}
        />
      </Card>
      <Members id={id} />
    </>
  );
}

function Members({ id }: { id: string }) {
  const { t } = useI18n();
  const { data, error, refetch } = useMembers(id);
  return (
    <Card title={t("group.members")} aside={data && <span className="muted number">{data.total}</span>} flush>
      {data?.items.length === 0 && <EmptyState icon="people" title={t("group.no_members")} />}
      {data && data.items.length > 0 && (
        <PlainTable label={t("group.members")}>
          <thead>
            <tr>
              <th scope="col">{t("customer.name")}</th>
              <th scope="col">{t("group.status")}</th>
              <th scope="col" className="end wide-only">{t("customer.subscriptions")}</th>
              <th scope="col" className="end">{t("customer.open")}</th>
              <th scope="col" className="end wide-only">{t("customer.overdue")}</th>
            </tr>
          </thead>
          <tbody>
            {data.items.map((member) => (
              <tr key={member.account_id}>
                <th scope="row"><CustomerName id={member.account_id} link /></th>
                <td><StatusTag kind="account" status={member.status} /></td>
                <td className="end wide-only"><Count value={member.subscriptions} /></td>
                <td className="end"><Money value={member.open} /></td>
                <td className="end wide-only"><span className={isZero(member.overdue.amount) ? "muted" : "danger-text"}><Money value={member.overdue} /></span></td>
              </tr>
            ))}
          </tbody>
        </PlainTable>
      )}
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <div className="pad"><Skeleton lines={3} height={36} /></div>}
    </Card>
  );
}
