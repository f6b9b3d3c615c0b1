/** Deposits that a customer leaves as security: what is held, what was applied, what was paid back. */
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { answer, api, type Answer } from "../../lib/api";
import { useI18n, useLabel } from "../../lib/i18n";
import { useListState } from "../../lib/listState";
import { useRefreshInterval } from "../../lib/queries";
import { Card } from "../../ui/Card";
import { ActionMenu } from "../../ui/command/ActionMenu";
import type { Actions } from "../../ui/command/actions";
import { Processing } from "../../ui/command/Processing";
import { PlainTable } from "../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../ui/States";
import { BillingDate, Money } from "../../ui/Value";

export type Deposit = Answer<"/v1/accounts/{account_id}/deposits">["items"][number];

const RequestDrawer = lazy(async () => ({ default: (await import("./depositDialogs")).RequestDrawer }));

const actions: Actions<Deposit> = {
  links: [{ icon: "pdf", label: "deposit.pdf", href: ({ id }) => `/v1/deposit-requests/${encodeURIComponent(id)}/pdf`, when: ({ status }) => status === "requested" }],
  commands: {
    receive: { icon: "checkCircle", label: "deposit.receive", Dialog: lazy(async () => ({ default: (await import("./depositDialogs")).ReceiveDialog })) },
    apply: { icon: "invoice", label: "deposit.apply", Dialog: lazy(async () => ({ default: (await import("./depositDialogs")).ApplyDialog })) },
    return: { icon: "draft", label: "deposit.return", Dialog: lazy(async () => ({ default: (await import("./depositDialogs")).ReturnDialog })) },
    cancel: { icon: "void", label: "deposit.cancel", Dialog: lazy(async () => ({ default: (await import("./depositDialogs")).CancelDialog })) },
  },
};

const shown = 100;

export function Deposits({ id, currency, mayAsk }: { id: string; currency: string; mayAsk: boolean }) {
  const { t } = useI18n();
  const list = useListState();
  const { data, error, refetch } = useQuery({
    queryKey: ["customers", "deposits", id],
    queryFn: ({ signal }) => answer(api.GET("/v1/accounts/{account_id}/deposits", { params: { path: { account_id: id }, query: { limit: shown } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
  const ask = <button type="button" className="button" disabled={!mayAsk} title={mayAsk ? undefined : t("state.forbidden")} onClick={() => list.set({ deposit: "new" })}>{t("deposit.request")}</button>;
  return (
    <Card title={t("deposit.title")} flush aside={ask}>
      {data?.items.length === 0 && <EmptyState icon="tag" title={t("deposit.none")} />}
      {data && data.items.length > 0 && <Rows deposits={data.items} />}
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <div className="pad"><Skeleton lines={3} height={36} /></div>}
      {mayAsk && list.get("deposit") === "new" && <Suspense fallback={null}><RequestDrawer id={id} currency={currency} onClose={() => list.set({ deposit: null })} /></Suspense>}
    </Card>
  );
}

function Rows({ deposits }: { deposits: readonly Deposit[] }) {
  const { t } = useI18n();
  const label = useLabel();
  return (
    <PlainTable label={t("deposit.title")}>
      <thead>
        <tr>
          <th scope="col">{t("deposit.purpose")}</th>
          <th scope="col">{t("deposit.requested_on")}</th>
          <th scope="col" className="end wide-only">{t("deposit.amount")}</th>
          <th scope="col" className="end wide-only">{t("deposit.applied")}</th>
          <th scope="col" className="end wide-only">{t("deposit.returned")}</th>
          <th scope="col" className="end">{t("deposit.held")}</th>
          <th scope="col"><span className="visually-hidden">{t("list.actions")}</span></th>
        </tr>
      </thead>
      <tbody>
        {deposits.map((deposit) => (
          <tr key={deposit.id}>
            <th scope="row">
              {label(`deposit_form.purpose_${deposit.purpose}`, deposit.purpose)} <Processing subject={deposit.id} />
              <span className="small muted below">{label(`deposit.status_${deposit.status}`, deposit.status)}{deposit.note && <> · <span dir="auto">{deposit.note}</span></>}</span>
            </th>
            <td><BillingDate value={deposit.requested_on} /></td>
            <td className="end wide-only"><Money value={deposit.amount} /></td>
            <td className="end wide-only"><Money value={deposit.applied} /></td>
            <td className="end wide-only"><Money value={deposit.returned} /></td>
            <td className="end"><strong><Money value={deposit.held} /></strong></td>
            <td className="end"><ActionMenu thing={deposit} actions={actions} label={t("deposit.actions")} /></td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}
