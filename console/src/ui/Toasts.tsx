/**
 * Short notices that a screen reader hears too: `toast("success", t("copy.done"))`.
 *
 * The live region is there from the first paint (one that appears with its text is not read); a notice leaves after
 * 6 s, an error stays until it is closed.
 */
import { useSyncExternalStore } from "react";
import { useI18n } from "../lib/i18n";
import { Icon } from "./Icon";
import "./Toasts.css";

interface Toast {
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
  if (tone !== "danger") setTimeout(() => dismiss(id), shown_ms);
}

export function Toasts() {
  const { t } = useI18n();
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div className="toasts no-print" role="status" aria-live="polite">
      {shown.map(({ id, tone, text }) => (
        <div key={id} className={`toast ${tone}`}>
          <Icon name={tone === "success" ? "checkCircle" : "error"} />
          <span className="grow">{text}</span>
          <button type="button" className="button quiet icon" aria-label={t("action.close")} onClick={() => dismiss(id)}>
            <Icon name="close" size={14} />
          </button>
        </div>
      ))}
    </div>
  );
}

function dismiss(id: number): void {
  change(toasts.filter((shown) => shown.id !== id));
}

function change(next: readonly Toast[]): void {
  toasts = next;
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
