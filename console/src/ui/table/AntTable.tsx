/** The rows of a DataTable as an antd Table; a chunk of its own, since antd's table is the largest part of a list. */
import { Table } from "antd";
import type { ColumnsType } from "antd/es/table";
import type { ReactNode } from "react";
import { useI18n } from "../../lib/i18n";
import { nextSort, type ListState } from "../../lib/listState";
import { AntTheme } from "../antd";
import { Icon } from "../Icon";
import { Skeleton } from "../States";
import { SelectRow } from "./SelectRow";
import type { Column } from "./column";

export interface RowsProps<Row extends object> {
  label: string;
  columns: readonly Column<Row>[];
  /** Null while the first page loads. */
  rows: readonly Row[] | null;
  list: ListState;
  rowKey: (row: Row) => string;
  empty: ReactNode;
  actions: (row: Row) => ReactNode;
  selection: RowSelection | null;
}

export interface RowSelection {
  has: (key: string) => boolean;
  toggle: (key: string) => void;
}

/** Rows that stand in while the first page loads: as many as fit a screen, so that nothing jumps when they come. */
const waiting = 12;

export default function AntTable<Row extends object>({ label, columns, rows, list, rowKey, empty, actions, selection }: RowsProps<Row>) {
  const { t } = useI18n();
  const placeholders = Array.from({ length: waiting }, (_, index) => ({ placeholder: index }) as unknown as Row);
  return (
    <AntTheme>
      <Table<Row>
        aria-label={label}
        size="middle"
        columns={[...selectColumn(t("list.select"), rows === null, rowKey, selection), ...toAntd(columns, list, rows === null), actionsColumn(t("list.actions"), rows === null, actions)]}
        dataSource={rows === null ? placeholders : [...rows]}
        rowKey={(row) => ("placeholder" in row ? `wait-${String(row.placeholder)}` : rowKey(row))}
        pagination={false}
        locale={{ emptyText: empty }}
      />
    </AntTheme>
  );
}

function toAntd<Row extends object>(columns: readonly Column<Row>[], list: ListState, wait: boolean): ColumnsType<Row> {
  return columns.map((column, index) => ({
    key: column.id,
    title: column.sort ? <SortButton title={column.title} field={column.sort} list={list} /> : column.title,
    align: column.align ?? "start",
    className: column.align === "end" ? "end" : "",
    ...(column.width ? { width: column.width } : {}),
    // A row that still loads has no name to be read out: an empty row header would be announced as one.
    ...(index === 0 && !wait ? { rowScope: "row" as const } : {}),
    onHeaderCell: () => (column.sort ? { "aria-sort": direction(list.sort, column.sort) } : {}),
    render: (_: unknown, row: Row) => (wait ? <Skeleton lines={1} /> : column.render(row)),
  }));
}

/** A column of our own: antd's leaves a checkbox in the row it hides from screen readers. */
function selectColumn<Row extends object>(title: string, wait: boolean, rowKey: (row: Row) => string, selection: RowSelection | null): ColumnsType<Row> {
  if (!selection) return [];
  return [{
    key: "select",
    title: <span className="visually-hidden">{title}</span>,
    width: 40,
    className: "no-print",
    render: (_: unknown, row: Row) => (wait ? null : <SelectRow id={rowKey(row)} selection={selection} />),
  }];
}

function actionsColumn<Row extends object>(title: string, wait: boolean, actions: (row: Row) => ReactNode): ColumnsType<Row>[number] {
  return {
    key: "actions",
    title: <span className="visually-hidden">{title}</span>,
    align: "end",
    width: 96,
    className: "no-print nowrap",
    render: (_: unknown, row: Row) => (wait ? null : actions(row)),
  };
}

function SortButton({ title, field, list }: { title: string; field: string; list: ListState }) {
  const order = direction(list.sort, field);
  return (
    <button type="button" className={`sort ${order}`} onClick={() => list.set({ sort: nextSort(list.sort, field) })}>
      {title}
      <Icon name={order === "descending" ? "down" : "up"} size={12} />
    </button>
  );
}

function direction(sort: string | null, field: string): "ascending" | "descending" | "none" {
  if (sort === field) return "ascending";
  return sort === `-${field}` ? "descending" : "none";
}
