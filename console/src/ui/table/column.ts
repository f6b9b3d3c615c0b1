/** What a table knows of a column, and which columns a reader sees. */
import type { ReactNode } from "react";

export interface Column<Row> {
  id: string;
  title: string;
  render: (row: Row) => ReactNode;
  align?: "end";
  /** The API's field to sort by; without it the column can't be sorted. */
  sort?: string;
  /** Shown only when the reader chooses it. */
  extra?: boolean;
  width?: number;
}

/** A page of a list as the API answers it, cut to what every table needs. */
export interface ListPage<Row> {
  items: readonly Row[];
  total: number;
  as_of: string;
}

/**
 * The columns to show, in the table's order: those of the URL, else those that the reader chose before, else the
 * table's own. The first column is the row's name and always stands.
 */
export function shownColumns<Row>(
  columns: readonly Column<Row>[],
  fromUrl: readonly string[] | null,
  remembered: readonly string[] | undefined,
): readonly Column<Row>[] {
  const chosen = fromUrl ?? remembered;
  return columns.filter(({ id, extra }, index) => index === 0 || (chosen ? chosen.includes(id) : !extra));
}
