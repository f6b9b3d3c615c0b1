/** From an event along the way of the money, a step after the other: each leads to its thing, or to the event that made it. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { answer, api, type Answer } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { Dialog } from "../../../ui/Dialog";
import { EventLine } from "../../../ui/EventList";
import { ErrorState, Skeleton } from "../../../ui/States";
import { BillingDate, Count, Money } from "../../../ui/Value";
import "./chain.css";

type Chain = Answer<"/v1/events/{event_id}/chain">;
type Stage = Chain["stages"][number];
type Step = Stage["items"][number];

const size = 20;

export function ChainPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useI18n();
  const [shown, setShown] = useState(id);
  const { data, error, refetch } = useQuery({
    queryKey: ["events", "chain", shown],
    queryFn: ({ signal }) => answer(api.GET("/v1/events/{event_id}/chain", { params: { path: { event_id: shown }, query: { size } }, signal })),
  });
  return (
    <Dialog side title={t("follow.of", { id: shown })} onClose={onClose} footer={<button type="button" className="button" onClick={onClose}>{t("action.close")}</button>}>
      {data ? <Steps chain={data} onEvent={setShown} /> : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={8} height={36} />}
    </Dialog>
  );
}

function Steps({ chain, onEvent }: { chain: Chain; onEvent: (id: string) => void }) {
  const { t } = useI18n();
  const stages = chain.stages.filter(({ total }) => total > 0);
  return (
    <div className="stack">
      {stages.map((stage) => <StageSteps key={stage.stage} stage={stage} onEvent={onEvent} />)}
      {stages.length === 0 && <p className="muted">{t("follow.no_stage")}</p>}
      <Events title={t("follow.causes")} events={chain.causes} onEvent={onEvent} />
      <Events title={t("follow.effects")} events={chain.effects} onEvent={onEvent} />
      {chain.has_more_effects && <p className="small muted">{t("follow.more_effects", { count: chain.effects.length })}</p>}
    </div>
  );
}

function StageSteps({ stage, onEvent }: { stage: Stage; onEvent: (id: string) => void }) {
  const { t } = useI18n();
  return (
    <section>
      <h3>{t(`follow.${stage.stage}`)} <Count value={stage.total} /></h3>
      <ul className="plain-list">
        {stage.items.map((step) => (
          <li key={step.id} className="row wrap">
            <StepLink stage={stage.stage} step={step} />
            <span className="muted small">{step.text}</span>
            {step.amount && <Money value={step.amount} />}
            {step.records !== null && step.records > 0 && <span className="small">{t("follow.records", { count: step.records })}</span>}
            {step.at && <span className="small muted"><BillingDate value={step.at} /></span>}
            {step.event_id && <button type="button" className="button quiet small" onClick={() => onEvent(step.event_id as string)}>{t("follow.from_here")}<span className="visually-hidden"> {step.id}</span></button>}
          </li>
        ))}
      </ul>
      {stage.next_page !== null && <p className="small muted">{t("follow.more", { count: stage.total - stage.items.length })}</p>}
    </section>
  );
}

function StepLink({ stage, step }: { stage: Stage["stage"]; step: Step }) {
  const to = placeOf(stage, step);
  return to ? <Link to={to} dir="ltr">{step.id}</Link> : <code dir="ltr">{step.id}</code>;
}

function placeOf(stage: Stage["stage"], step: Step): string | null {
  const of = encodeURIComponent(step.of ?? step.id);
  switch (stage) {
    case "usage": return `/usage?account_id=${encodeURIComponent(step.account_id ?? "")}`;
    case "charges": return step.of ? `/services/${of}` : null;
    case "lines": return `/invoices/${of}?explain=${step.id.split("#").pop() ?? ""}`;
    case "invoices": return `/invoices/${encodeURIComponent(step.id)}`;
    case "allocations": return `/payments/${encodeURIComponent(step.text ?? "")}`;
    case "payments": return `/payments/${encodeURIComponent(step.id)}`;
    case "dunning": return `/dunning/${encodeURIComponent(step.id)}`;
  }
}

function Events({ title, events, onEvent }: { title: string; events: Chain["causes"]; onEvent: (id: string) => void }) {
  const { t } = useI18n();
  if (events.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ol className="events">
        {events.map((event) => <li key={event.id} className="chain-event"><EventLine event={event} /><button type="button" className="button quiet small" onClick={() => onEvent(event.id)}>{t("follow.from_here")}<span className="visually-hidden"> {event.id}</span></button></li>)}
      </ol>
    </section>
  );
}
