/** The audit trail: every billing event by filter, page by page; a row that is opened reads its data from the log. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { Link } from "react-router";
import { answer, api, type Answer, type Question } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { cleared, damagedFilters, narrowing, type Filter } from "../../../lib/listQuestion";
import { useListState } from "../../../lib/listState";
import { useRefreshInterval } from "../../../lib/queries";
import { CopyButton } from "../../../ui/CopyButton";
import { EventLine } from "../../../ui/EventList";
import { Filters } from "../../../ui/list/Filters";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { Pager } from "../../../ui/table/Pager";
import { ZoneName } from "../../../ui/Value";
import { momentsOf } from "../moments";
import { Difference } from "./Difference";

const ChainPanel = lazy(async () => ({ default: (await import("./ChainPanel")).ChainPanel }));

type LoggedEvent = Answer<"/v1/events">["items"][number];

const filters: readonly Filter[] = [
  { kind: "text", name: "aggregate_id", label: "events.search_aggregate", max: 255 },
  { kind: "text", name: "type", label: "events.search_type", max: 255 },
  { kind: "text", name: "actor", label: "events.search_actor", max: 255 },
  { kind: "dates", from: "from", to: "to", labels: ["events.from", "events.to"] },
  { kind: "linked", name: "correlation_id", label: "events.correlation_is", drop: "events.drop_correlation", max: 255, many: true },
  { kind: "linked", name: "account_id", label: "usage.account_is", drop: "usage.drop_account", max: 64, many: true },
];

export function AuditList() {
  const { t } = useI18n();
  const list = useListState();
  const followed = list.get("chain");
  const isDamaged = damagedFilters({ tabs: [], filters }, list).length > 0;
  // A chain is read from its first event on.
  const sort = list.get("correlation_id") === null ? "-recorded_at" : "recorded_at";
  const query = { ...momentsOf(narrowing(filters, list)), sort, page: list.page, size: list.size } as Question<"/v1/events">;
  const { data, error, refetch } = useQuery({
    queryKey: ["events", "audit", query],
    queryFn: ({ signal }) => answer(api.GET("/v1/events", { params: { query }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: useRefreshInterval(),
    enabled: !isDamaged,
  });
  return (
    <section className="data-table card" aria-label={t("events.title")}>
      <div className="data-table-bar no-print"><Filters list={list} filters={filters} label={t("events.filters")} /></div>
      <div className="data-table-totals" aria-live="polite">{data && t(data.total_is_minimum ? "events.count_least" : "events.count", { count: data.total })} <ZoneName /></div>
      {(isDamaged || data?.items.length === 0) && <EmptyState icon="search" title={t(isDamaged ? "list.bad_filter" : "events.none")}><button type="button" className="button" onClick={() => list.set(cleared(filters))}>{t("list.clear")}</button></EmptyState>}
      {!isDamaged && data && data.items.length > 0 && <ol className="events" aria-label={t("events.title")}>{data.items.map((event) => <li key={`${event.topic} ${event.id}`}><Row event={event} onFollow={() => list.set({ chain: event.id })} /></li>)}</ol>}
      {!isDamaged && !data && (error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <div className="pad"><Skeleton lines={12} height={36} /></div>)}
      {!isDamaged && data && data.total > 0 && <Pager list={list} total={data.total} />}
      {followed && <Suspense fallback={null}><ChainPanel id={followed} onClose={() => list.set({ chain: null })} /></Suspense>}
    </section>
  );
}

function Row({ event, onFollow }: { event: LoggedEvent; onFollow: () => void }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      {/* With data, the line is no link: one control in another can't be reached. */}
      <summary><EventLine event={{ ...event, data: {} }} /></summary>
      {isOpen && <Opened event={event} onFollow={onFollow} />}
    </details>
  );
}

function Opened({ event, onFollow }: { event: LoggedEvent; onFollow: () => void }) {
  const { t } = useI18n();
  const [isCompared, setCompared] = useState(false);
  const isOfLog = event.topic.endsWith(".events");
  const { data, error, refetch } = useQuery({
    queryKey: ["events", "one", event.id],
    queryFn: ({ signal }) => answer(api.GET("/v1/events/{event_id}", { params: { path: { event_id: event.id } }, signal })),
    staleTime: Infinity,
  });
  const facts = [["event.id", event.id], ["event.cause", event.causation_id], ["event.correlation", event.correlation_id]] as const;
  return (
    <>
      <dl className="event-facts small">
        {facts.map(([key, value]) => value && <div key={key}><dt className="muted">{t(key)}</dt><dd><code>{value}</code><CopyButton text={value} /></dd></div>)}
        <div><dt className="muted">{t("events.version")}</dt><dd className="number">{event.version}</dd></div>
      </dl>
      {event.correlation_id && <p className="event-facts small"><Link to={`/usage/events?correlation_id=${encodeURIComponent(event.correlation_id)}`}>{t("events.follow")}</Link></p>}
      <p className="event-facts row no-print">
        {isOfLog && <button type="button" className="button" onClick={onFollow}>{t("follow.follow")}</button>}
        {event.topic !== "personal-data" && <button type="button" className="button" aria-expanded={isCompared} onClick={() => setCompared(!isCompared)}>{t("difference.show")}</button>}
      </p>
      {isCompared && <div className="event-facts"><Difference id={event.id} /></div>}
      {/* A long document scrolls in itself, and a keyboard must reach it to scroll. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      {data ? <pre dir="ltr" tabIndex={0} aria-label={t("event.data")}>{JSON.stringify(data.data ?? null, null, 2)}</pre> : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={4} />}
    </>
  );
}
