/**
 * The notices of lib/toast.ts, which a screen reader hears too: the live region is there from the first paint, since one
 * that appears with its text is not read.
 */
import { useSyncExternalStore } from "react";
import { useI18n } from "../lib/i18n";
import { dismissToast, shownToasts, subscribeToasts } from "../lib/toast";
import { Icon } from "./Icon";
import "./Toasts.css";

export function Toasts() {
  const { t } = useI18n();
  const shown = useSyncExternalStore(subscribeToasts, shownToasts);
  return (
    <div className="toasts no-print" role="status" aria-live="polite">
      {shown.map(({ id, tone, text }) => (
        <div key={id} className={`toast ${tone}`}>
          <Icon name={tone === "success" ? "checkCircle" : "error"} />
          <span className="grow">{text}</span>
          <button type="button" className="button quiet icon" aria-label={t("action.close")} onClick={() => dismissToast(id)}>
            <Icon name="close" size={14} />
          </button>
        </div>
      ))}
    </div>
  );
}
