/** A customer's discounts: what comes off their invoices, how long, and how often it did. */
import { lazy, Suspense } from "react";
import { useI18n, useLabel } from "../../../lib/i18n";
import { useListState } from "../../../lib/listState";
import { Card } from "../../../ui/Card";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import type { Actions } from "../../../ui/command/actions";
import { Processing } from "../../../ui/command/Processing";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { BillingDate, Count } from "../../../ui/Value";
import { useDiscounts, type Discount } from "./queries";
import { Lasting, Plans, Taken } from "./TermsText";

const DiscountDrawer = lazy(async () => ({ default: (await import("./discountDialogs")).DiscountDrawer }));

const actions: Actions<Discount> = {
  links: [],
  commands: { end: { icon: "void", label: "discount.end", Dialog: lazy(async () => ({ default: (await import("./discountDialogs")).EndDialog })) } },
};

const ways = ["coupon", "own"] as const;

export function Discounts({ id, currency, mayGrant }: { id: string; currency: string; mayGrant: boolean }) {
  const { t } = useI18n();
  const list = useListState();
  const { data, error, refetch } = useDiscounts(id);
  const way = ways.find((one) => one === list.get("discount"));
  const button = (of: (typeof ways)[number]) => (
    <button key={of} type="button" className="button" disabled={!mayGrant} title={mayGrant ? undefined : t("state.forbidden")} onClick={() => list.set({ discount: of })}>{t(of === "own" ? "discounts.grant" : "discounts.redeem")}</button>
  );
  return (
    <Card title={t("discounts.title")} flush aside={<>{ways.map(button)}</>}>
      {data?.items.length === 0 && <EmptyState icon="tag" title={t("discounts.none")} />}
      {data && data.items.length > 0 && <Rows discounts={data.items} />}
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <div className="pad"><Skeleton lines={3} height={36} /></div>}
      {mayGrant && way && <Suspense fallback={null}><DiscountDrawer id={id} currency={currency} way={way} onClose={() => list.set({ discount: null })} /></Suspense>}
    </Card>
  );
}

function Rows({ discounts }: { discounts: readonly Discount[] }) {
  const { t } = useI18n();
  const label = useLabel();
  return (
    <PlainTable label={t("discounts.title")}>
      <thead>
        <tr>
          <th scope="col">{t("discount.name")}</th>
          <th scope="col" className="end">{t("discount.taken")}</th>
          <th scope="col">{t("discount.duration")}</th>
          <th scope="col" className="wide-only">{t("discount.plans")}</th>
          <th scope="col" className="wide-only">{t("discount.starts_on")}</th>
          <th scope="col" className="end wide-only">{t("discount.periods_used")}</th>
          <th scope="col"><span className="visually-hidden">{t("list.actions")}</span></th>
        </tr>
      </thead>
      <tbody>
        {discounts.map((one) => (
          <tr key={one.id}>
            <th scope="row">
              {one.name} <Processing subject={one.id} />
              <span className="small muted below">{one.coupon === null ? label(`discount_form.reason_${one.reason}`, one.reason) : <code>{one.coupon}</code>} · {label(`discount.status_${one.status}`, one.status)}</span>
            </th>
            <td className="end"><Taken terms={one} /></td>
            <td><Lasting terms={one} />{one.ended_on !== null && <span className="small muted below">{t("discount.ended_on")} <BillingDate value={one.ended_on} /></span>}</td>
            <td className="wide-only"><Plans terms={one} /></td>
            <td className="wide-only"><BillingDate value={one.starts_on} /></td>
            <td className="end wide-only"><Count value={one.periods_used} /></td>
            <td className="end"><ActionMenu thing={one} actions={actions} label={t("discount.actions", { name: one.name })} /></td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}
