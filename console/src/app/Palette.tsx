/**
 * Ctrl/⌘ K: go to a page, or to what a number or an id stands for, each with its kind. Arrows choose, Enter goes.
 *
 * What is typed is asked of the search once the hand rests; a thing without a page of its own leads to its customer's.
 */
import { useId, useState, type KeyboardEvent } from "react";
import { useNavigate } from "react-router";
import { useSearch, type Found } from "../features/reporting/queries";
import { useI18n, useLabel } from "../lib/i18n";
import { useRested } from "../lib/rested";
import { Dialog } from "../ui/Dialog";
import { Icon, type IconName } from "../ui/Icon";
import { useIsOpen } from "./open";
import { navPages } from "./routes";
import "./Palette.css";

interface Choice {
  id: string;
  icon: IconName;
  text: string;
  /** What kind of thing it is, and where that says little, whose. */
  note?: string;
  to: string;
}

const rest_ms = 200;

export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const list = useId();
  const { choices, state } = useChoices(text.trim());
  const current = choices[Math.min(at, choices.length - 1)];

  const go = (choice: Choice | undefined) => {
    if (!choice) return;
    onClose();
    void navigate(choice.to);
  };
  const onKey = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) setAt((before) => (Math.min(before, choices.length - 1) + step + choices.length) % choices.length);
    else if (event.key === "Enter") go(current);
    else return;
    event.preventDefault();
  };

  return (
    <Dialog title={t("palette.title")} onClose={onClose} bare>
      <div className="palette-field">
        <Icon name="search" />
        <input
          // A palette that is opened to be typed in: the dialog's first field takes the focus.
          // eslint-disable-next-line jsx-a11y/no-autofocus
          autoFocus type="text" role="combobox" aria-label={t("palette.title")} aria-expanded="true" aria-controls={list}
          aria-activedescendant={current ? `${list}-${current.id}` : undefined} placeholder={t("palette.placeholder")}
          value={text} onChange={(event) => { setText(event.target.value); setAt(0); }} onKeyDown={onKey}
        />
      </div>
      <div id={list} role="listbox" aria-label={t("palette.title")} className="palette-list">
        {choices.map((choice) => (
          // The field keeps the focus and its keys choose; the pointer is the only other way in.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events
          <div key={choice.id} id={`${list}-${choice.id}`} role="option" aria-selected={choice === current} tabIndex={-1} onClick={() => go(choice)}>
            <Icon name={choice.icon} /> <span className="grow">{choice.text}</span> {choice.note && <span className="muted small">{choice.note}</span>}
          </div>
        ))}
      </div>
      <p className="palette-state muted small" role="status">{state}</p>
    </Dialog>
  );
}

interface Choices {
  choices: readonly Choice[];
  /** What the search says beside its findings; empty when there is nothing to say. */
  state: string;
}

function useChoices(text: string): Choices {
  const { t } = useI18n();
  const label = useLabel();
  const asked = useRested(text, rest_ms);
  const search = useSearch(text === "" ? "" : asked);
  const isOpen = useIsOpen();
  const pages = navPages
    .filter(({ path }) => isOpen(path))
    .map(({ path, title, nav }): Choice => ({ id: path.replaceAll("/", "-"), icon: nav.icon, text: t("palette.go", { page: t(title) }), to: path }))
    .filter((choice) => choice.text.toLowerCase().includes(text.toLowerCase()));
  if (text === "") return { choices: pages, state: "" };
  const isAnswered = asked === text && search.data !== undefined && !search.isPlaceholderData;
  const found = (search.data?.items ?? []).flatMap((item) => toChoice(item, label(`palette.kind_${item.kind}`, item.kind)));
  const inInvoices: Choice = { id: "find-invoice", icon: "search", text: t("palette.find_invoice", { text }), to: `/invoices?status=all&q=${encodeURIComponent(text)}` };
  const state = search.error ? t("palette.failed") : !isAnswered ? t("palette.searching") : found.length === 0 ? t("palette.nothing", { text }) : "";
  return { choices: [...found, ...pages, inInvoices], state };
}

const icons: Readonly<Record<string, IconName>> = { invoice: "invoice", account: "user", subscription: "service", plan: "tag", payment: "checkCircle", usage_record: "clock" };

const pathOf: Readonly<Record<string, string>> = { invoice: "/invoices/", account: "/customers/", subscription: "/services/", plan: "/plans/" };

/** A thing without a page of its own, such as a payment, leads to its customer's; nothing for what is nobody's. */
function toChoice({ kind, id, label, account_id }: Found, kindName: string): Choice[] {
  const own = pathOf[kind];
  const to = own ? `${own}${encodeURIComponent(id)}` : account_id ? `/customers/${encodeURIComponent(account_id)}` : null;
  if (to === null) return [];
  const whose = kind === "account" ? (label === id ? "" : `, ${id}`) : account_id ? `, ${account_id}` : "";
  // An option's id is read by its list, so it holds no character that means something there.
  return [{ id: `${kind}-${id}`.replace(/[^\w-]/g, "_"), icon: icons[kind] ?? "info", text: label, note: `${kindName}${whose}`, to }];
}
