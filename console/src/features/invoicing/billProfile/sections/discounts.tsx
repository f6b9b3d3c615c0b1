/** How many discounts come off the customer's invoices; each stands in a tab of its own. */
import { Link } from "react-router";
import { useI18n } from "../../../../lib/i18n";
import { useListState } from "../../../../lib/listState";
import { Card } from "../../../../ui/Card";
import { ErrorState, Skeleton } from "../../../../ui/States";
import { useDiscounts } from "../../discounts/queries";
import { section, type SectionProps } from "../section";

function DiscountSection({ profile: { account_id } }: SectionProps) {
  const { t } = useI18n();
  const list = useListState();
  const { data, error, refetch } = useDiscounts(account_id);
  const active = data?.items.filter(({ status }) => status === "active").length ?? 0;
  return (
    <Card title={t("billing.discounts")} aside={<Link to={list.href({ view: "discounts" })}>{t("billing.discounts_all")}</Link>}>
      {data && <p className={active === 0 ? "muted" : undefined}>{active === 0 ? t("billing.discounts_none") : t("billing.discounts_active", { count: active })}</p>}
      {!data && (error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={1} />)}
    </Card>
  );
}

export default section({ order: 16, Section: DiscountSection });
