/** All that a list finds, page by page, up to what one file may have: a longer list is exported by the server. */
import type { ListPage } from "../table/column";

const size = 100;
export const rowsMax = 5_000;

export async function readAll<Row, Query extends object>(read: (query: Query, signal: AbortSignal) => Promise<ListPage<Row>>, question: Query, signal: AbortSignal): Promise<{ rows: Row[]; isWhole: boolean }> {
  const rows: Row[] = [];
  for (let page = 1; rows.length < rowsMax; page++) {
    const { items, total } = await read({ ...question, page, size }, signal);
    rows.push(...items);
    if (items.length < size || rows.length >= total) return { rows, isWhole: true };
  }
  return { rows: rows.slice(0, rowsMax), isWhole: false };
}
