/** Copies a number or an id: a small button beside the text, which says what it copied. */
import { useI18n } from "../lib/i18n";
import { Icon } from "./Icon";
import { toast } from "../lib/toast";
import "./CopyButton.css";

export function CopyButton({ text }: { text: string }) {
  const { t } = useI18n();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      toast("success", t("copy.done", { text }));
    } catch {
      // The browser refuses the clipboard outside a secure origin.
      toast("danger", t("copy.refused"));
    }
  };
  return (
    <button type="button" className="copy no-print" aria-label={t("copy.label", { text })} title={t("copy.label", { text })} onClick={() => void copy()}>
      <Icon name="copy" size={14} />
    </button>
  );
}
