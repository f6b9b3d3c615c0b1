/**
 * Short notices, from anywhere: `toast("success", t("copy.done"))`. ui/Toasts.tsx shows them.
 *
 * A notice leaves after 6 s, an error stays until it is closed.
 */
export interface Toast {
  id: number;
  tone: "success" | "danger";
  text: string;
}

const shown_ms = 6_000;
let toasts: readonly Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();

export function toast(tone: Toast["tone"], text: string): void {
  const id = ++last;
  // The newest three: a burst of notices never covers the page.
  change([...toasts, { id, tone, text }].slice(-3));
  if (tone !== "danger") setTimeout(() => dismissToast(id), shown_ms);
}

export function dismissToast(id: number): void {
  change(toasts.filter((shown) => shown.id !== id));
}

/** For a reader who leaves, and for tests that begin with none. */
export function dismissAllToasts(): void {
  change([]);
}

export function shownToasts(): readonly Toast[] {
  return toasts;
}

export function subscribeToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function change(next: readonly Toast[]): void {
  toasts = next;
  listeners.forEach((listener) => listener());
}
