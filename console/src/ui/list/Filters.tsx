/** What narrows a list, from its declaration. Typing asks the server once the hand rests. */
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useI18n, type Key } from "../../lib/i18n";
import type { Filter } from "../../lib/listQuestion";
import type { ListState } from "../../lib/listState";
import { useShortcuts } from "../../lib/shortcuts";
import { DateField } from "../DateField";
import { Icon } from "../Icon";
import "./Filters.css";

// Few lists have it, and it knows how to ask for what it offers.
const EntitySelect = lazy(async () => ({ default: (await import("../EntitySelect")).EntitySelect }));

/** The pause in typing after which the list is asked: shorter than a word, longer than a keystroke. */
const rest_ms = 250;

export function Filters({ list, filters, label }: { list: ListState; filters: readonly Filter[]; label: string }) {
  return (
    <div className="filters" role="search" aria-label={label}>
      {filters.map((filter) => <FilterField key={filter.kind === "dates" ? filter.from : filter.name} filter={filter} list={list} />)}
    </div>
  );
}

function FilterField({ filter, list }: { filter: Filter; list: ListState }) {
  const { t } = useI18n();
  switch (filter.kind) {
    case "text": return <SearchField list={list} name={filter.name} label={filter.label} />;
    case "dates": return <DatesField list={list} filter={filter} />;
    case "choice": return <ChoiceField list={list} filter={filter} />;
    case "entity": return <Suspense fallback={null}><EntitySelect label={t(filter.label)} operatorWord={t(filter.operator)} value={list.get(filter.name) ?? ""} onChange={(value) => list.set({ [filter.name]: value })} /></Suspense>;
    case "linked": return <LinkedChip list={list} filter={filter} />;
  }
}

type Of<Kind extends Filter["kind"]> = Extract<Filter, { kind: Kind }>;

function DatesField({ list, filter: { from, to, labels } }: { list: ListState; filter: Of<"dates"> }) {
  const { t } = useI18n();
  return (
    <>
      <DateField label={t(labels[0])} value={list.get(from) ?? ""} max={list.get(to) ?? undefined} onChange={(day) => list.set({ [from]: day })} />
      <DateField label={t(labels[1])} value={list.get(to) ?? ""} min={list.get(from) ?? undefined} onChange={(day) => list.set({ [to]: day })} />
    </>
  );
}

function ChoiceField({ list, filter: { name, label, options } }: { list: ListState; filter: Of<"choice"> }) {
  const { t } = useI18n();
  return (
    <label className="filter-date">
      <span className="small muted">{t(label)}</span>
      <select className="field" value={list.get(name) ?? ""} onChange={(event) => list.set({ [name]: event.target.value })}>
        <option value="">{t("list.any")}</option>
        {options.map(([value, word]) => <option key={value} value={value}>{t(word)}</option>)}
      </select>
    </label>
  );
}

function LinkedChip({ list, filter: { name, label, drop } }: { list: ListState; filter: Of<"linked"> }) {
  const { t } = useI18n();
  const value = list.get(name);
  if (!value) return null;
  return (
    // What it says to the eye comes first in its name: whoever speaks to the machine says what is seen.
    <button type="button" className="button filter-chip" onClick={() => list.set({ [name]: null })} aria-label={`${t(label, { value })}: ${t(drop, { value })}`}>
      {t(label, { value })} <Icon name="close" size={12} />
    </button>
  );
}

function SearchField({ list, name, label }: { list: ListState; name: string; label: Key }) {
  const { t } = useI18n();
  const asked = list.get(name) ?? "";
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
    const wanted = text.trim();
    if (wanted === asked) return;
    const timer = setTimeout(() => {
      setSent(wanted);
      list.set({ [name]: wanted }, { replace: true });
    }, rest_ms);
    return () => clearTimeout(timer);
  }, [text, asked, list, name]);

  return (
    <label className="filter-search">
      <span className="visually-hidden">{t(label)}</span>
      <Icon name="search" />
      <input
        ref={field} className="field" type="search" value={text} placeholder={t(label)}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && setText("")}
      />
    </label>
  );
}
