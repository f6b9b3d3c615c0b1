/**
 * The list of the console: a page of rows from the API, sorted, paged and counted by the server.
 *
 *     <DataTable name="invoices" label={t("invoices.title")} columns={columns} query={query} list={list}
 *       rowKey={(row) => row.id} totals={(page) => …} empty={<EmptyState …/>} actions={(row) => …} selection={null} />
 *
 * States: rows of grey bars in place at first, the old page dimmed while the next one loads, empty, filters that say
 * nothing or are refused with Clear, failed with Retry, and "not updated since" when a later read fails. Below 768 px each row is a card.
 */
import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from "react";
import { useI18n } from "../../lib/i18n";
import type { DamagedFilter } from "../../lib/listQuestion";
import type { ListState } from "../../lib/listState";
import { narrow, useMedia } from "../../lib/media";
import { usePreference } from "../../lib/preferences";
import { Icon } from "../Icon";
import { ErrorState, Skeleton } from "../States";
import { Instant } from "../Value";
import type { RowSelection, RowsProps } from "./AntTable";
import { CardList } from "./CardList";
import { ColumnChooser } from "./ColumnChooser";
import { shownColumns, type Column, type ListPage } from "./column";
import { Pager } from "./Pager";
import { isRefusal, RefusedFilters } from "./RefusedFilters";
import { useIsWide } from "../useIsWide";
import { moveFromRow, useRowKeys } from "./rowKeys";
import "./DataTable.css";

const Peek = lazy(() => import("./Peek")) as unknown as <Row>(props: { label: string; id: string; row: Row; columns: readonly Column<Row>[]; actions: ReactNode; onClose: () => void }) => ReactNode;
const loadAntTable = () => import("./AntTable");
// `lazy` forgets that the component is generic in its rows; this says it again.
const AntTable = lazy(loadAntTable) as unknown as <Row extends object>(props: RowsProps<Row>) => ReactNode;
// Asked for beside the page's first read, not after it; a narrow screen shows cards and never needs it.
if (!matchMedia(narrow).matches) void loadAntTable();

export interface ListQuery<Page> {
  data: Page | undefined;
  error: Error | null;
  isPlaceholderData: boolean;
  refetch: () => unknown;
}

interface Props<Row extends object, Page extends ListPage<Row>> {
  /** Names the table in the reader's preferences. */
  name: string;
  label: string;
  columns: readonly Column<Row>[];
  query: ListQuery<Page>;
  list: ListState;
  rowKey: (row: Row) => string;
  filters?: ReactNode;
  totals: (page: Page) => ReactNode;
  /** Whether sums stand beside the count: their room is kept. */
  hasSums?: boolean;
  empty: ReactNode;
  actions: (row: Row) => ReactNode;
  /** Which rows are chosen; null where nothing is done with several at once. */
  selection: RowSelection | null;
  /** Filters of the URL that mean nothing; the list is not asked for while there are some. */
  damaged: readonly DamagedFilter[];
  /** Takes the filters away; offered where they are damaged and where the API refuses them. */
  onClear: () => void;
}

export function DataTable<Row extends object, Page extends ListPage<Row>>(props: Props<Row, Page>) {
  const { name, label, columns, query, list, rowKey, filters, totals, hasSums = false, empty, actions, selection, damaged, onClear } = props;
  const { t } = useI18n();
  const isNarrow = useMedia(narrow);
  const [remembered] = usePreference("columns");
  const rows = useRef<HTMLDivElement>(null);
  useRowKeys(rows);
  const [peeked, setPeeked] = useState<string | null>(null);
  const counted = query.isPlaceholderData ? undefined : query.data?.total;
  const last = counted === undefined ? list.page : Math.max(1, Math.ceil(counted / list.size));
  // A page that is no longer there, for the list has become shorter, would claim that there is nothing.
  useEffect(() => {
    if (list.page > last) list.set({ page: String(last) }, { replace: true });
  }, [list, last]);
  const isWide = useIsWide(rows);

  const shown = shownColumns(columns, list.columns, remembered[name]);
  // What is kept of another filter is no answer to a damaged one.
  const page = damaged.length > 0 ? undefined : query.data;
  const isRefused = damaged.length > 0 || (!page && isRefusal(query.error));
  const looked = page?.items.find((row) => rowKey(row) === peeked);
  // A card has all that is chosen of its row already.
  const withPeek = (row: Row) => (isNarrow ? actions(row) : <><button type="button" className="button quiet icon" data-peek aria-label={t("list.peek")} title={t("list.peek")} onClick={() => setPeeked(rowKey(row))}><Icon name="eye" size={16} /></button>{actions(row)}</>);
  const body = { label, columns: shown, rows: page?.items ?? null, list, rowKey, empty, actions: withPeek, selection };

  return (
    <div className="data-table card">
      <div className="data-table-bar no-print">
        {filters}
        {!isNarrow && <ColumnChooser name={name} columns={columns} shown={shown} list={list} />}
      </div>
      {!isRefused && (
        <div className={hasSums ? "data-table-totals sums" : "data-table-totals"} aria-live="polite">
          {page ? totals(page) : !query.error && <Skeleton lines={1} />}
        </div>
      )}
      {page && query.error && (
        <p className="data-table-stale"><Icon name="warning" size={14} /> {t("list.stale")} <Instant value={page.as_of} /></p>
      )}
      {/* Arrow keys move between the rows' own links, which stay the interactive elements. */}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div ref={rows} className={["data-table-rows", query.isPlaceholderData ? "waiting" : "", isWide ? "wide" : ""].join(" ")} aria-busy={!isRefused && (!page || query.isPlaceholderData)} onKeyDown={moveFromRow}>
        {isRefused ? (
          <RefusedFilters damaged={damaged} error={query.error} onClear={onClear} />
        ) : !page && query.error ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : isNarrow ? (
          <CardList {...body} />
        ) : (
          <Suspense fallback={<div className="data-table-wait"><Skeleton lines={12} height={40} /></div>}>
            <AntTable {...body} />
          </Suspense>
        )}
      </div>
      {looked && <Suspense fallback={null}><Peek label={label} id={rowKey(looked)} row={looked} columns={columns} actions={actions(looked)} onClose={() => setPeeked(null)} /></Suspense>}
      {page && page.total > 0 && <Pager list={list} total={page.total} />}
    </div>
  );
}
