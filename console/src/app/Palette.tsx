/** Ctrl/⌘ K: go to a page, or look for an invoice by its number or account. Arrows choose, Enter goes. */
import { useId, useState, type KeyboardEvent } from "react";
import { useNavigate } from "react-router";
import { useI18n } from "../lib/i18n";
import { Dialog } from "../ui/Dialog";
import { Icon, type IconName } from "../ui/Icon";
import { navPages } from "./routes";
import "./Palette.css";

interface Choice {
  id: string;
  icon: IconName;
  text: string;
  to: string;
}

export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const list = useId();
  const choices = useChoices(text.trim());
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
            <Icon name={choice.icon} /> {choice.text}
          </div>
        ))}
      </div>
    </Dialog>
  );
}

function useChoices(text: string): readonly Choice[] {
  const { t } = useI18n();
  const pages = navPages
    .map(({ path, title, nav }): Choice => ({ id: path.replaceAll("/", "-"), icon: nav.icon, text: t("palette.go", { page: t(title) }), to: path }))
    .filter((choice) => choice.text.toLowerCase().includes(text.toLowerCase()));
  if (text === "") return pages;
  const query = encodeURIComponent(text);
  return [
    { id: "find-invoice", icon: "search", text: t("palette.find_invoice", { text }), to: `/invoices?status=all&q=${query}` },
    { id: "of-account", icon: "user", text: t("palette.of_account", { text }), to: `/invoices?status=all&account_id=${query}` },
    ...pages,
  ];
}
