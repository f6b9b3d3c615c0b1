/**
 * The page of one thing: where one is, its head, its parts as tabs on the left, its facts and actions on the right.
 *
 *     <DetailPage words="invoice" id={id} query={useInvoice(id)} list={{ to: "/invoices", title: t("invoices.title") }}
 *       name={(invoice) => invoice.number} zone={(invoice) => invoice.time_zone}
 *       head={(invoice) => …} tabs={[{ id: "lines", render: (invoice) => … }, …]} side={(invoice) => …} />
 *
 * `words: "invoice"` names the labels: `invoice.kind`, `.page_title` with `{number}`, `.not_found` with `{id}`, `.back`,
 * `.views`, and for each tab `.view_<id>`. The tab that is open is the URL's `view`. While it is read there are grey bars; what is not there
 * (404) leads back to the list; what failed offers Retry.
 */
import { Suspense, type ReactNode } from "react";
import { Link } from "react-router";
import { useI18n, type Key } from "../../lib/i18n";
import type { After, Words } from "../../lib/i18n/prefix";
import { useListState } from "../../lib/listState";
import { isStatus } from "../../lib/problem";
import { AccountZone } from "../../lib/zone";
import { eventsPath } from "../../lib/trail";
import { PageTitle } from "../PageTitle";
import { EmptyState, ErrorState, Skeleton } from "../States";
import { QuickTabs } from "../Tabs";
import "./DetailPage.css";

export type DetailWords = Words<"page_title" | "not_found" | "views" | "kind" | "back">;

export interface DetailTab<Thing, Id extends string = string> {
  id: Id;
  render: (thing: Thing) => ReactNode;
}

interface Props<Thing, Name extends DetailWords> {
  words: Name;
  id: string;
  query: { data: Thing | undefined; error: Error | null; refetch: () => unknown };
  list: { to: string; title: string };
  /** What people call it; the id until it has a name. */
  name: (thing: Thing) => string | null;
  /** Under which id the log tells of it, where that is not its own; null for what is not in the log. */
  trail?: string | null;
  /** The time zone that its days begin in. */
  zone?: (thing: Thing) => string | null;
  head: (thing: Thing) => ReactNode;
  /** The first is the plain page. */
  tabs: readonly DetailTab<Thing, After<`${Name}.view_`>>[];
  side: (thing: Thing) => ReactNode;
  /** Why it may be that it is not there. */
  absent?: ReactNode;
  /** What stands over the page, such as a panel that the URL opens. */
  over?: (thing: Thing) => ReactNode;
}

export function DetailPage<Thing, Name extends DetailWords>(props: Props<Thing, Name>) {
  const { id, query: { data: thing, error, refetch }, list, name, trail = id } = props;
  const words: DetailWords = props.words;
  const { t } = useI18n();
  const called = (thing && name(thing)) ?? id;
  return (
    <div className="stack">
      <PageTitle of={t(`${words}.page_title`, { number: called })} />
      <nav aria-label={t("shell.breadcrumb")} className="breadcrumb no-print small"><Link to={list.to}>{list.title}</Link> <span className="muted" aria-hidden="true">/</span> <span className="muted" dir="ltr">{called}</span>{trail !== null && <Link className="detail-trail" to={eventsPath(trail)}>{t("list.history")}</Link>}</nav>
      {thing && <Detail {...props} thing={thing} tabs={props.tabs as unknown as readonly DetailTab<Thing>[]} />}
      {!thing && <h1 className="visually-hidden">{t(`${words}.kind`)}</h1>}
      {!thing && isStatus(error, 404) && <EmptyState icon="search" title={t(`${words}.not_found`, { id })}>{props.absent}<Link to={list.to}>{t(`${words}.back`)}</Link></EmptyState>}
      {!thing && error && !isStatus(error, 404) && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!thing && !error && <Skeleton lines={12} height={40} />}
    </div>
  );
}

// The tabs by plain texts: all pages' words times all their tabs are more than the type checker multiplies.
interface Shown<Thing> extends Omit<Props<Thing, DetailWords>, "tabs"> {
  thing: Thing;
  tabs: readonly DetailTab<Thing>[];
}

function Detail<Thing>({ thing, words, zone, head, tabs, side, over }: Shown<Thing>) {
  const { t } = useI18n();
  const list = useListState();
  const first = tabs[0];
  const name: string = words;
  const tab = tabs.find(({ id }) => id === list.get("view")) ?? first;
  return (
    <AccountZone value={zone?.(thing) ?? null}>
      <div className="row wrap">{head(thing)}</div>
      {tabs.length > 1 && (
        <QuickTabs
          label={t(`${name}.views` as Key)} current={tab?.id ?? ""}
          tabs={tabs.map(({ id }) => ({ id, label: t(`${name}.view_${id}` as Key), to: list.href({ view: id === first?.id ? null : id }) }))}
        />
      )}
      <div className="detail-columns">
        <div className="stack">
          {/* What stands behind a tab may come when it is opened. */}
          <Suspense fallback={<Skeleton lines={6} height={36} />}>{tab?.render(thing)}</Suspense>
        </div>
        {side(thing)}
      </div>
      {over?.(thing)}
    </AccountZone>
  );
}
