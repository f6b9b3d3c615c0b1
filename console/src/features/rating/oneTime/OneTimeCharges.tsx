/** One-time charges of a customer, or of one of their services: listed, added, and cancelled while no bill has them. */
import { lazy, Suspense } from "react";
import { Link } from "react-router";
import { useI18n, useLabel } from "../../../lib/i18n";
import { useListState } from "../../../lib/listState";
import { Card } from "../../../ui/Card";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import type { Actions } from "../../../ui/command/actions";
import { Processing } from "../../../ui/command/Processing";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { StatusTag } from "../../../ui/StatusTag";
import { BillingDate, Money } from "../../../ui/Value";
import { servicePath } from "../subscriptions/queries";
import { useOneTimeCharges, type OneTimeCharge, type Whose } from "./queries";

const ChargeDrawer = lazy(() => import("./ChargeDrawer"));

const actions: Actions<OneTimeCharge> = {
  links: [],
  commands: { cancel: { icon: "void", label: "charge.cancel", Dialog: lazy(async () => ({ default: (await import("./CancelDialog")).CancelDialog })) } },
};

interface Props {
  whose: Whose;
  currency: string;
  mayAdd: boolean;
}

export function OneTimeCharges({ whose, currency, mayAdd }: Props) {
  const { t } = useI18n();
  const list = useListState();
  const { data, error, refetch } = useOneTimeCharges(whose);
  return (
    <Card
      title={t("charges.title")} flush
      aside={<button type="button" className="button" disabled={!mayAdd} title={mayAdd ? undefined : t("state.forbidden")} onClick={() => list.set({ charge: "1" })}>{t("charges.add")}</button>}
    >
      {data?.items.length === 0 && <EmptyState icon="tag" title={t("charges.none")} />}
      {data && data.items.length > 0 && <Rows charges={data.items} withService={whose.subscription_id === undefined} />}
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <div className="pad"><Skeleton lines={4} height={36} /></div>}
      {mayAdd && list.get("charge") === "1" && <Suspense fallback={null}><ChargeDrawer whose={whose} currency={currency} onClose={() => list.set({ charge: null })} /></Suspense>}
    </Card>
  );
}

function Rows({ charges, withService }: { charges: readonly OneTimeCharge[]; withService: boolean }) {
  const { t } = useI18n();
  const label = useLabel();
  return (
    <PlainTable label={t("charges.title")}>
      <thead>
        <tr>
          <th scope="col">{t("charge.description")}</th>
          <th scope="col" className="wide-only">{t("charge.on")}</th>
          <th scope="col" className="wide-only">{t("charge.status")}</th>
          <th scope="col" className="end">{t("charge.amount")}</th>
          <th scope="col"><span className="visually-hidden">{t("list.actions")}</span></th>
        </tr>
      </thead>
      <tbody>
        {charges.map((charge) => (
          <tr key={charge.id}>
            <th scope="row">
              {charge.description} <Processing subject={charge.id} />
              <span className="small muted below">{label(`charge.item_${charge.item}`, charge.item)}<span className="narrow-only"><BillingDate value={charge.on} /></span></span>
              <span className="narrow-only"><StatusTag kind="charge" status={charge.status} /></span>
              {withService && charge.subscription_id !== null && <Link className="small below" to={servicePath(charge.subscription_id)} dir="ltr">{charge.subscription_id}</Link>}
            </th>
            <td className="wide-only"><BillingDate value={charge.on} /></td>
            <td className="wide-only"><StatusTag kind="charge" status={charge.status} /></td>
            <td className="end"><Money value={charge.amount} /></td>
            <td className="end"><ActionMenu thing={charge} actions={actions} label={t("charge.actions", { name: charge.description })} /></td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}
