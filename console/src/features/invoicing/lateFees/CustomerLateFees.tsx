/** Late fees of a customer: what would be asked for on which day if nothing is paid, and what was asked for. */
import { useQuery } from "@tanstack/react-query";
import { lazy } from "react";
import { Link } from "react-router";
import { answer, api, type Answer } from "../../../lib/api";
import { useI18n, useLabel } from "../../../lib/i18n";
import { useRefreshInterval } from "../../../lib/queries";
import { Card } from "../../../ui/Card";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import type { Actions } from "../../../ui/command/actions";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { BillingDate, Money } from "../../../ui/Value";
import { invoicePath } from "../queries";

export type LateFee = Answer<"/v1/late-fees">["items"][number];
type Upcoming = Answer<"/v1/accounts/{account_id}/late-fees/upcoming">["items"][number];

const shown = 50;

const actions: Actions<LateFee> = {
  links: [],
  commands: { waive: { icon: "void", label: "latefee.waive", Dialog: lazy(async () => ({ default: (await import("./WaiveDialog")).WaiveDialog })) } },
};

export function CustomerLateFees({ id }: { id: string }) {
  return <div className="stack"><Coming id={id} /><Charged id={id} /></div>;
}

function Coming({ id }: { id: string }) {
  const { t } = useI18n();
  const { data, error, refetch } = useQuery({
    queryKey: ["late-fees", "upcoming", id],
    queryFn: ({ signal }) => answer(api.GET("/v1/accounts/{account_id}/late-fees/upcoming", { params: { path: { account_id: id } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
  return (
    <Card title={t("latefees.upcoming")} flush>
      {data?.items.length === 0 && <EmptyState icon="clock" title={t("latefees.none_upcoming")} />}
      {data && data.items.length > 0 && (
        <PlainTable label={t("latefees.upcoming")} className="stacked">
          <thead>
            <tr>
              <th scope="col">{t("latefee.invoice")}</th>
              <th scope="col">{t("latefee.charged_on")}</th>
              <th scope="col">{t("latefee.kind")}</th>
              <th scope="col" className="end">{t("latefee.base")}</th>
              <th scope="col" className="end">{t("latefee.amount")}</th>
            </tr>
          </thead>
          <tbody>{data.items.map((fee, at) => <ComingRow key={at} fee={fee} />)}</tbody>
        </PlainTable>
      )}
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <div className="pad"><Skeleton lines={3} height={36} /></div>}
    </Card>
  );
}

function ComingRow({ fee }: { fee: Upcoming }) {
  const { t } = useI18n();
  return (
    <tr>
      <th scope="row"><Link className="number" to={invoicePath(fee.invoice_id)} dir="ltr">{fee.number}</Link></th>
      <td data-label={t("latefee.charged_on")}><BillingDate value={fee.charged_on} /></td>
      <td data-label={t("latefee.kind")}><Kind kind={fee.kind} capped={fee.capped} /></td>
      <td className="end" data-label={t("latefee.base")}><Money value={fee.base} /></td>
      <td className="end" data-label={t("latefee.amount")}><Money value={fee.amount} /></td>
    </tr>
  );
}

function Charged({ id }: { id: string }) {
  const { t } = useI18n();
  const { data, error, refetch } = useQuery({
    queryKey: ["late-fees", "charged", id],
    queryFn: ({ signal }) => answer(api.GET("/v1/late-fees", { params: { query: { account_id: [id], sort: "-charged_on", limit: shown } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
  return (
    <Card title={t("latefees.charged")} flush>
      {data?.items.length === 0 && <EmptyState icon="invoice" title={t("latefees.none_charged")} />}
      {data && data.items.length > 0 && (
        <PlainTable label={t("latefees.charged")} className="stacked">
          <thead>
            <tr>
              <th scope="col">{t("latefee.invoice")}</th>
              <th scope="col">{t("latefee.charged_on")}</th>
              <th scope="col">{t("latefee.kind")}</th>
              <th scope="col">{t("latefee.status")}</th>
              <th scope="col" className="end">{t("latefee.amount")}</th>
              <th scope="col"><span className="visually-hidden">{t("list.actions")}</span></th>
            </tr>
          </thead>
          <tbody>{data.items.map((fee) => <ChargedRow key={fee.id} fee={fee} />)}</tbody>
        </PlainTable>
      )}
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <div className="pad"><Skeleton lines={3} height={36} /></div>}
    </Card>
  );
}

function ChargedRow({ fee }: { fee: LateFee }) {
  const { t } = useI18n();
  const label = useLabel();
  const status = label(`latefee.status_${fee.status}`, fee.status);
  return (
    <tr>
      <th scope="row"><Link className="number" to={invoicePath(fee.invoice_id)} dir="ltr">{fee.number}</Link></th>
      <td data-label={t("latefee.charged_on")}><BillingDate value={fee.charged_on} /></td>
      <td data-label={t("latefee.kind")}><Kind kind={fee.kind} capped={fee.capped} /></td>
      <td data-label={t("latefee.status")} title={fee.waived_reason === null ? undefined : label(`latefee_reason.${fee.waived_reason}`, fee.waived_reason)}>{fee.billed_on && fee.status !== "waived" ? <Link to={invoicePath(fee.billed_on)}>{status}</Link> : status}</td>
      <td className="end" data-label={t("latefee.amount")}><Money value={fee.amount} /></td>
      <td className="end"><ActionMenu thing={fee} actions={actions} label={t("latefee.actions", { number: fee.number })} /></td>
    </tr>
  );
}

function Kind({ kind, capped }: { kind: string; capped: boolean }) {
  const { t } = useI18n();
  const label = useLabel();
  return <>{label(`latefee.kind_${kind}`, kind)}{capped && <span className="small muted"> {t("latefee.capped")}</span>}</>;
}
