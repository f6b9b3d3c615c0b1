/** Credit that a customer was granted: what is left of it, what it paid, and until when it counts. */
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
import { BillingDate, Money, Nothing } from "../../ui/Value";

export type GrantedCredit = Answer<"/v1/accounts/{account_id}/credits">["items"][number];

const GrantDrawer = lazy(async () => ({ default: (await import("./grantedCreditDialogs")).GrantDrawer }));

const actions: Actions<GrantedCredit> = {
  links: [],
  commands: { reverse: { icon: "void", label: "granted.reverse", Dialog: lazy(async () => ({ default: (await import("./grantedCreditDialogs")).ReverseDialog })) } },
};

const shown = 100;

export function GrantedCredits({ id, currency, mayGrant }: { id: string; currency: string; mayGrant: boolean }) {
  const { t } = useI18n();
  const list = useListState();
  const { data, error, refetch } = useQuery({
    queryKey: ["customers", "credits", id],
    queryFn: ({ signal }) => answer(api.GET("/v1/accounts/{account_id}/credits", { params: { path: { account_id: id }, query: { limit: shown } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
  const grant = <button type="button" className="button" disabled={!mayGrant} title={mayGrant ? undefined : t("state.forbidden")} onClick={() => list.set({ credit: "new" })}>{t("granted.grant")}</button>;
  return (
    <Card title={t("granted.title")} flush aside={grant}>
      {data?.items.length === 0 && <EmptyState icon="tag" title={t("granted.none")} />}
      {data && data.items.length > 0 && <Rows credits={data.items} />}
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <div className="pad"><Skeleton lines={3} height={36} /></div>}
      {mayGrant && list.get("credit") === "new" && <Suspense fallback={null}><GrantDrawer id={id} currency={currency} onClose={() => list.set({ credit: null })} /></Suspense>}
    </Card>
  );
}

function Rows({ credits }: { credits: readonly GrantedCredit[] }) {
  const { t } = useI18n();
  const label = useLabel();
  return (
    <PlainTable label={t("granted.title")}>
      <thead>
        <tr>
          <th scope="col">{t("granted.reason")}</th>
          <th scope="col">{t("granted.granted_on")}</th>
          <th scope="col" className="wide-only">{t("granted.expires_on")}</th>
          <th scope="col" className="end wide-only">{t("granted.amount")}</th>
          <th scope="col" className="end wide-only">{t("granted.used")}</th>
          <th scope="col" className="end">{t("granted.left")}</th>
          <th scope="col"><span className="visually-hidden">{t("list.actions")}</span></th>
        </tr>
      </thead>
      <tbody>
        {credits.map((credit) => (
          <tr key={credit.id}>
            <th scope="row">
              {label(`granted_form.reason_${credit.reason}`, credit.reason)} <Processing subject={credit.id} />
              <span className="small muted below">{label(`granted.status_${credit.status}`, credit.status)}{credit.note && <> · <span dir="auto">{credit.note}</span></>}</span>
            </th>
            <td><BillingDate value={credit.granted_on} /></td>
            <td className="wide-only">{credit.expires_on === null ? <Nothing /> : <BillingDate value={credit.expires_on} />}</td>
            <td className="end wide-only"><Money value={credit.amount} /></td>
            <td className="end wide-only"><Money value={credit.used} /></td>
            <td className="end"><strong><Money value={credit.left} /></strong></td>
            <td className="end"><ActionMenu thing={credit} actions={actions} label={t("granted.actions")} /></td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}
