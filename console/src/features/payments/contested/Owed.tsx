/** What a customer owes, item by item, and what may be said of each: contested, decided, given up. */
import { lazy } from "react";
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import type { Actions } from "../../../ui/command/actions";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { BillingDate, Money } from "../../../ui/Value";
import { useOwed, type Receivable } from "./queries";

const dialogs = () => import("./dialogs");

const actions: Actions<Receivable> = {
  links: [],
  commands: {
    dispute: { icon: "warning", label: "dispute.open", Dialog: lazy(async () => ({ default: (await dialogs()).DisputeDrawer })) },
    resolve_dispute: { icon: "check", label: "dispute.resolve", when: ({ disputed }) => Number(disputed.amount) > 0, Dialog: lazy(async () => ({ default: (await dialogs()).ResolveOwedDrawer })) },
    write_off: { icon: "void", label: "write_off.give_up", Dialog: lazy(async () => ({ default: (await dialogs()).WriteOffDrawer })) },
  },
};

export function Owed({ id, mayWrite }: { id: string; mayWrite: boolean }) {
  const { t } = useI18n();
  const { data, error, refetch } = useOwed(id);
  return (
    <Card title={t("owed.title")} flush>
      {data?.items.length === 0 && <EmptyState icon="checkCircle" title={t("owed.none")} />}
      {data && data.items.length > 0 && <Items items={data.items} mayWrite={mayWrite} />}
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <div className="pad"><Skeleton lines={3} height={36} /></div>}
    </Card>
  );
}

function Items({ items, mayWrite }: { items: readonly Receivable[]; mayWrite: boolean }) {
  const { t } = useI18n();
  return (
    <PlainTable label={t("owed.title")}>
      <thead>
        <tr>
          <th scope="col">{t("owed.number")}</th><th scope="col">{t("owed.due_on")}</th><th scope="col" className="end wide-only">{t("owed.disputed")}</th><th scope="col" className="end">{t("owed.open")}</th>
          {mayWrite && <th scope="col"><span className="visually-hidden">{t("owed.actions")}</span></th>}
        </tr>
      </thead>
      <tbody>
        {items.map((one) => (
          <tr key={one.invoice_id}>
            <th scope="row">{one.kind === "invoice" ? <Link to={`/invoices/${encodeURIComponent(one.invoice_id)}`} dir="ltr">{one.number}</Link> : <span dir="ltr">{one.number}</span>}</th>
            <td><BillingDate value={one.due_on} /></td>
            <td className="end wide-only"><Money value={one.disputed} /></td>
            <td className="end"><strong><Money value={one.open} /></strong></td>
            {mayWrite && <td className="end"><ActionMenu thing={one} actions={actions} label={t("owed.actions_of", { number: one.number })} /></td>}
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}
