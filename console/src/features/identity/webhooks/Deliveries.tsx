/** The log of what was sent to an endpoint: what came of each, what was answered, and the button that sends it again. */
import { Fragment, lazy, Suspense, useState } from "react";
import { api } from "../../../lib/api";
import { useI18n, useLabel, type Key } from "../../../lib/i18n";
import { useListState } from "../../../lib/listState";
import { useCommand } from "../../../lib/useCommand";
import { Card } from "../../../ui/Card";
import { CopyButton } from "../../../ui/CopyButton";
import { Icon } from "../../../ui/Icon";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { StatusTag } from "../../../ui/StatusTag";
import { Instant, Nothing } from "../../../ui/Value";
import { useDeliveries, useDelivery, type Delivery, type DeliveryStatus, type Endpoint } from "./queries";
import "./webhooks.css";

const ReplayFailedDialog = lazy(async () => ({ default: (await import("./dialogs")).ReplayFailedDialog }));
const statuses: readonly DeliveryStatus[] = ["waiting", "delivered", "failed", "skipped"];
const size = 20;

export function Deliveries({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useI18n();
  const list = useListState();
  const [asksReplay, setAsksReplay] = useState(false);
  const status = statuses.find((one) => one === list.get("sent"));
  const page = Math.max(1, Number(list.get("at") ?? 1) || 1);
  const { data, error, refetch } = useDeliveries({ endpoint_id: [endpoint.id], size, page, ...(status ? { status: [status] } : {}) });
  return (
    <div className="stack">
      <div className="row wrap">
        <label className="row">
          <span>{t("webhook.show")}</span>
          <select className="field" value={status ?? ""} onChange={(event) => list.set({ sent: event.target.value || null, at: null })}>
            <option value="">{t("webhook.all_deliveries")}</option>
            {statuses.map((one) => <option key={one} value={one}>{t(`status.webhook.${one}` as Key)}</option>)}
          </select>
        </label>
        <span className="grow" />
        {endpoint.failed > 0 && <button type="button" className="button" onClick={() => setAsksReplay(true)}><Icon name="swap" /> {t("webhook.replay_failed")}</button>}
      </div>
      {!data && (error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={6} height={36} />)}
      {data?.items.length === 0 && <EmptyState icon="sent" title={t(status ? "webhook.no_such_delivery" : "webhook.no_delivery")} />}
      {data && data.items.length > 0 && <Card title={t("webhook.view_deliveries")} flush><Table items={data.items} /></Card>}
      {data && data.total > size && (
        <nav className="row" aria-label={t("webhook.pages")}>
          <button type="button" className="button" disabled={page <= 1} onClick={() => list.set({ at: String(page - 1) })}>{t("webhook.newer")}</button>
          <button type="button" className="button" disabled={page * size >= data.total} onClick={() => list.set({ at: String(page + 1) })}>{t("webhook.older")}</button>
        </nav>
      )}
      {asksReplay && <Suspense fallback={null}><ReplayFailedDialog thing={endpoint} onClose={() => setAsksReplay(false)} /></Suspense>}
    </div>
  );
}

function Table({ items }: { items: readonly Delivery[] }) {
  const { t } = useI18n();
  const [open, setOpen] = useState<string | null>(null);
  return (
    <PlainTable label={t("webhook.view_deliveries")} className="deliveries stacked">
      <thead>
        <tr>{(["event", "status", "attempts", "answer"] as const).map((name) => <th key={name} scope="col">{t(`webhook_delivery.${name}`)}</th>)}<th scope="col"><span className="visually-hidden">{t("webhook_delivery.actions")}</span></th></tr>
      </thead>
      <tbody>
        {items.map((one) => [
          <Row key={one.id} of={one} isOpen={open === one.id} onOpen={() => setOpen(open === one.id ? null : one.id)} />,
          open === one.id && <tr key={`${one.id}-log`}><td colSpan={5} className="stacked-actions"><Attempts id={one.id} /></td></tr>,
        ])}
      </tbody>
    </PlainTable>
  );
}

function Row({ of, isOpen, onOpen }: { of: Delivery; isOpen: boolean; onOpen: () => void }) {
  const { t } = useI18n();
  const replay = useCommand({ words: "webhook_send_again", touches: ["webhook-deliveries", "webhook-endpoints"], loud: true, subject: ({ id }: Delivery) => id, send: ({ id }: Delivery, headers) => api.POST("/v1/webhook-deliveries/{delivery_id}/replay", { params: { path: { delivery_id: id } }, headers }) });
  return (
    <tr>
      <th scope="row">
        <code dir="ltr" className="delivery-type break">{of.type.split(".").map((part, n) => <Fragment key={part}>{n > 0 && <>.<wbr /></>}{part}</Fragment>)}</code>
        <span className="below small muted">{of.sample ? t("webhook_delivery.sample") : <><span dir="ltr">{of.event_id}</span><CopyButton text={of.message_id} /></>}</span>
        <span className="below small muted">{t("webhook_delivery.created")} <Instant value={of.created_at} /></span>
      </th>
      <td data-label={t("webhook_delivery.status")}>
        <StatusTag kind="webhook" status={of.status} />
        {of.due_at && of.attempts > 0 && <span className="below small muted">{t("webhook_delivery.next")}<span className="below"><Instant value={of.due_at} /></span></span>}
      </td>
      <td className="number" data-label={t("webhook_delivery.attempts")}>{of.attempts}</td>
      <td data-label={t("webhook_delivery.answer")}>{of.code ? <Code code={of.code} /> : <Nothing />}</td>
      <td className="stacked-actions">
        <div className="delivery-actions">
          <button type="button" className="button quiet" aria-expanded={isOpen} onClick={onOpen}>{t("webhook_delivery.log")}</button>
          <button type="button" className="button quiet" disabled={replay.isBusy} onClick={() => replay.run(of)}>{t("webhook_delivery.replay")}</button>
        </div>
      </td>
    </tr>
  );
}

/** A status of HTTP, or a word of ours. */
function Code({ code }: { code: string }) {
  const label = useLabel();
  return /^\d+$/.test(code) ? <span className="number">HTTP {code}</span> : <>{label(`webhook_code.${code}`, code)}</>;
}

function Attempts({ id }: { id: string }) {
  const { t } = useI18n();
  const { data, error, refetch } = useDelivery(id);
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={2} height={24} />;
  if (data.attempt_log.length === 0) return <p className="muted">{t("webhook_delivery.no_attempt")}</p>;
  return (
    <ol className="attempts" reversed start={data.attempts}>
      {data.attempt_log.map((attempt) => (
        <li key={attempt.n}>
          {attempt.outcome ? <StatusTag kind="webhook" status={attempt.outcome} /> : <span className="muted">{t("webhook_delivery.under_way")}</span>} {attempt.code && <Code code={attempt.code} />} <Instant value={attempt.started_at} />
          {attempt.duration_ms !== null && <span className="muted"> {t("webhook_delivery.took", { ms: attempt.duration_ms })}</span>}
          {attempt.answer && <span className="below attempt-answer small" dir="auto">{attempt.answer}</span>}
        </li>
      ))}
    </ol>
  );
}
