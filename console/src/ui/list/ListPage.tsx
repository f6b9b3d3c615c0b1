/**
 * A whole list page from its declaration (spec.ts): title, tabs with counts, saved views, filters, totals, rows, bulk
 * work. All of its state is in the URL: `status` (the tab), the filters, `sort`, `page`, `size`, `cols`, `view`.
 */
import { lazy, Suspense, type ReactNode } from "react";
import { useI18n, type Key } from "../../lib/i18n";
import { useNews } from "../../lib/live/useLive";
import { cleared } from "../../lib/listQuestion";
import type { ListState } from "../../lib/listState";
import { formatDate } from "../../lib/time";
import { Processing } from "../command/Processing";
import { Icon } from "../Icon";
import { PageTitle } from "../PageTitle";
import { QuickTabs } from "../Tabs";
import type { Column } from "../table/column";
import { DataTable } from "../table/DataTable";
import { TotalsBar, type CurrencyTotals } from "../table/TotalsBar";
import type { BulkProps } from "./BulkBar";
import { EmptyList } from "./EmptyList";
import type { RowsExportProps } from "./ExportRows";
import { Filters } from "./Filters";
import { SavedViews } from "./SavedViews";
import { useSelection } from "./selection";
import type { CountedPage, ListColumn, ListSpec, ListTab, ListWords } from "./spec";
import { useList, useTabCounts } from "./useList";
import "./list.css";

// Only lists that have them load them. `lazy` forgets that a component is generic; its type says it again.
const BulkBar = lazy(() => import("./BulkBar")) as unknown as <Query>(props: BulkProps<Query>) => ReactNode;
const ExportMenu = lazy(() => import("./ExportMenu"));
const ExportRows = lazy(() => import("./ExportRows")) as unknown as <Row extends object, Query extends object>(props: RowsExportProps<Row, Query>) => ReactNode;

interface ListPageProps<Row extends { id: string }, Page extends CountedPage<Row>, Query extends object, Name extends ListWords> {
  spec: ListSpec<Row, Page, Query, Name>;
  /** Whether the reader's role may make what is listed. */
  mayCreate?: boolean;
  /** Beside the title: the way to what belongs with it. */
  aside?: ReactNode;
  /** Under the title: a picture of what is listed. */
  picture?: ReactNode;
}

export function ListPage<Row extends { id: string }, Page extends CountedPage<Row>, Query extends object, Name extends ListWords>({ spec, mayCreate = false, aside, picture }: ListPageProps<Row, Page, Query, Name>) {
  const { t, locale } = useI18n();
  const state = useList(spec);
  const { list, damaged, question, query, tab } = state;
  const counts = useTabCounts(spec, state);
  const selection = useSelection(question);
  const words: ListWords = spec.words;
  // That each tab has its label was checked where the list was declared; here an id is a text, or all labels would be compared.
  const tabs = spec.tabs as unknown as readonly ListTab<Query>[];
  const title = t(`${words}.title`);
  const tabWord = (id: string) => t(`${words}.tab_${id}` as Key);
  const damagedTab = damaged.some(({ name }) => name === "status");
  return (
    <div className="stack">
      <PageTitle of={spec.tabs.length > 1 ? `${title}: ${tabWord(tab.id)}` : title} />
      <div className="row wrap list-head">
        <h1 className="grow">{title}</h1>
        {aside}
        <NewsButton count={useNews(spec.name, query.dataUpdatedAt)} onShow={() => void query.refetch()} />
        <Suspense fallback={null}>{spec.exported ? <ExportMenu exported={spec.exported} filter={question} /> : <ExportRows name={spec.name} read={spec.read} question={question} />}</Suspense>
        <SavedViews list={list} name={spec.name} />
        {spec.create && <CreateButton list={list} create={spec.create} may={mayCreate} />}
      </div>
      {picture}
      {spec.tabs.length > 1 && (
        <QuickTabs
          label={t(`${words}.tabs`)} current={tab.id}
          tabs={tabs.map(({ id }, index) => ({ id, label: tabWord(id), count: counts.get(id), to: list.href({ status: index === 0 ? null : id, view: null }) }))}
        />
      )}
      {spec.bulk && <Suspense fallback={null}><BulkBar actions={spec.bulk} selection={selection} question={question} total={query.data?.total ?? 0} /></Suspense>}
      <DataTable<Row, Page>
        name={spec.name}
        label={title}
        columns={useColumns(spec.columns, list)}
        query={query}
        list={list}
        rowKey={({ id }) => id}
        filters={<Filters list={list} filters={spec.filters} label={t(`${words}.filters`)} />}
        totals={(page) => <TotalsBar count={t(page.total_is_minimum ? "list.more_than" : "list.counted", { what: t(`${words}.count`, { count: page.total }) })} totals={totalsOf(page, spec.totals, t)} asOf={page.as_of} note={spec.kept && page.kept_since ? t(spec.kept.gone, { day: formatDate(locale, page.kept_since) }) : undefined} />}
        hasSums={spec.totals.length > 0}
        empty={<EmptyList spec={spec} list={list} tab={tab} keptSince={query.data?.kept_since} />}
        actions={spec.actions}
        selection={spec.bulk ? selection : null}
        damaged={damaged}
        onClear={() => list.set({ ...cleared(spec.filters), status: damagedTab ? null : list.get("status") })}
      />
    </div>
  );
}

function CreateButton({ list, create: { label, Drawer }, may }: { list: ListState; create: NonNullable<ListSpec<{ id: string }, CountedPage<{ id: string }>, object, ListWords>["create"]>; may: boolean }) {
  const { t } = useI18n();
  return (
    <>
      <button type="button" className="button primary" disabled={!may} title={may ? undefined : t("state.forbidden")} onClick={() => list.set({ create: "1", page: String(list.page) })}><Icon name="plus" /> {t(label)}</button>
      {may && list.get("create") === "1" && <Suspense fallback={null}><Drawer onClose={() => list.set({ create: null, page: String(list.page) })} /></Suspense>}
    </>
  );
}

/** A list does not move under the pointer: what has changed in it meanwhile is read when asked for. */
function NewsButton({ count, onShow }: { count: number; onShow: () => void }) {
  const { t } = useI18n();
  return <span role="status">{count > 0 && <button type="button" className="button" onClick={onShow}><Icon name="refresh" /> {t("list.news", { count })}</button>}</span>;
}

function useColumns<Row extends { id: string }>(columns: readonly ListColumn<Row>[], list: ListState): readonly Column<Row>[] {
  const { t } = useI18n();
  return columns.map(({ title, render, ...column }, index) => ({
    ...column, title: t(title), render: (row: Row) => (index === 0 ? <>{render(row, list)} <Processing subject={row.id} /></> : render(row, list)),
  }));
}

function totalsOf<Row>(page: CountedPage<Row>, fields: readonly (readonly [string, Key])[], t: (key: Key) => string): CurrencyTotals[] {
  return (page.totals ?? []).map(({ currency, ...row }) => ({
    currency,
    parts: fields.map(([field, label]) => ({ label: t(label), value: { amount: String(row[field] ?? "0"), currency } })),
  }));
}
