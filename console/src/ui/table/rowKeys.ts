/**
 * Moving through rows by keyboard: `j` and `k` from anywhere on the page, the arrows from a row; `x` chooses the row, `p` looks at
 * it beside the list.
 *
 * What moves is the focus, from the link of one row to the link of the next. So Enter opens, Ctrl-Enter opens a tab and
 * a screen reader says the row's name, all by the browser itself.
 */
import type { KeyboardEvent, RefObject } from "react";
import { useShortcuts } from "../../lib/shortcuts";

const rowLinks = "tbody tr th a, [data-row] strong a";

export function useRowKeys(rows: RefObject<HTMLElement | null>): void {
  useShortcuts({
    j: () => move(rows.current, 1),
    k: () => move(rows.current, -1),
    x: () => press("[data-select]"),
    p: () => press("[data-peek]"),
  });
}

/** The `onKeyDown` of what holds the rows. */
export function moveFromRow(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0 || !(event.target as HTMLElement).matches(rowLinks)) return;
  event.preventDefault();
  move(event.currentTarget, step);
}

/** In the row that has the focus, where it has such a button. */
function press(button: string): void {
  document.activeElement?.closest("tr, [data-row]")?.querySelector<HTMLElement>(button)?.click();
}

function move(rows: HTMLElement | null, step: 1 | -1): void {
  const links = [...(rows?.querySelectorAll<HTMLElement>(rowLinks) ?? [])];
  const focused = links.indexOf(document.activeElement as HTMLElement);
  const next = focused < 0 ? 0 : Math.min(links.length - 1, Math.max(0, focused + step));
  links[next]?.focus();
}
