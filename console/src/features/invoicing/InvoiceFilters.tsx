/** What narrows the list: a text, an account, the days of issue. Typing asks the server once the hand rests. */
import { useEffect, useRef, useState } from "react";
import { useI18n } from "../../lib/i18n";
import type { ListState } from "../../lib/listState";
import { useShortcuts } from "../../lib/shortcuts";
import { DateField } from "../../ui/DateField";
import { Icon } from "../../ui/Icon";
import "./InvoiceFilters.css";

/** The pause in typing after which the list is asked: shorter than a word, longer than a keystroke. */
const rest_ms = 250;

export function InvoiceFilters({ list }: { list: ListState }) {
  const { t } = useI18n();
  const account = list.get("account_id");
  return (
    <div className="filters" role="search" aria-label={t("invoices.filters")}>
      <SearchField list={list} />
      <DateField label={t("invoices.issued_from")} value={list.get("from") ?? ""} max={list.get("to") ?? undefined} onChange={(from) => list.set({ from })} />
      <DateField label={t("invoices.issued_to")} value={list.get("to") ?? ""} min={list.get("from") ?? undefined} onChange={(to) => list.set({ to })} />
      {account && (
        <button type="button" className="button filter-chip" onClick={() => list.set({ account_id: null })} aria-label={t("invoices.drop_account", { account })}>
          {t("invoices.account_is", { account })} <Icon name="close" size={12} />
        </button>
      )}
    </div>
  );
}

function SearchField({ list }: { list: ListState }) {
  const { t } = useI18n();
  const asked = list.get("q") ?? "";
  const [text, setText] = useState(asked);
  // What this field wrote last, and what it has seen in the URL: a text that came from elsewhere (Back, the palette) wins.
  const [sent, setSent] = useState(asked);
  const [seen, setSeen] = useState(asked);
  if (seen !== asked) {
    setSeen(asked);
    if (asked !== sent) {
      setSent(asked);
      setText(asked);
    }
  }
  const field = useRef<HTMLInputElement>(null);
  useShortcuts({ "/": () => field.current?.focus() });

  useEffect(() => {
    const q = text.trim();
    if (q === asked) return;
    const timer = setTimeout(() => {
      setSent(q);
      list.set({ q }, { replace: true });
    }, rest_ms);
    return () => clearTimeout(timer);
  }, [text, asked, list]);

  return (
    <label className="filter-search">
      <span className="visually-hidden">{t("invoices.search")}</span>
      <Icon name="search" />
      <input
        ref={field} className="field" type="search" value={text} placeholder={t("invoices.search")}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && setText("")}
      />
    </label>
  );
}
