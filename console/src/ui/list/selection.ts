/** Which rows are chosen: some by id, or all that the question finds. Another question begins with none. */
import { useState } from "react";

export interface Selection {
  ids: ReadonlySet<string>;
  /** All that the filter finds, also on other pages. */
  isAll: boolean;
  has: (id: string) => boolean;
  toggle: (id: string) => void;
  selectAll: () => void;
  clear: () => void;
}

const none: ReadonlySet<string> = new Set();

export function useSelection(question: object): Selection {
  // Turning the page or the order is the same question.
  const { page: _page, size: _size, sort: _sort, ...filter } = question as Record<string, unknown>;
  const asked = JSON.stringify(filter);
  const [state, setState] = useState({ asked, ids: none, isAll: false });
  const { ids, isAll } = state.asked === asked ? state : { ids: none, isAll: false };
  return {
    ids,
    isAll,
    has: (id) => isAll || ids.has(id),
    toggle: (id) => setState({ asked, ids: isAll ? new Set([id]) : toggled(ids, id), isAll: false }),
    selectAll: () => setState({ asked, ids: none, isAll: true }),
    clear: () => setState({ asked, ids: none, isAll: false }),
  };
}

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}
