/** Lists the shortcuts and lets the reader switch off those of a single key (WCAG 2.1.4). */
import { useI18n, type Key } from "../lib/i18n";
import { usePreference } from "../lib/preferences";
import { Dialog } from "../ui/Dialog";
import { navPages } from "./routes";

const everywhere: readonly [string, Key][] = [
  ["Ctrl K", "palette.title"],
  ["/", "shortcuts.filter"],
  ["j  k", "shortcuts.rows"],
  ["Enter", "shortcuts.open"],
  ["p", "list.peek"],
  ["r", "shortcuts.refresh"],
  ["?", "shortcuts.help"],
  ["Esc", "shortcuts.close"],
];

export function ShortcutHelp({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const [singleKeys, setSingleKeys] = usePreference("single_keys");
  const places = navPages.map(({ title, nav }): [string, string] => [`g  ${nav.letter}`, t("palette.go", { page: t(title) })]);
  const rows = [...everywhere.map(([keys, key]): [string, string] => [keys, t(key)]), ...places];
  return (
    <Dialog title={t("shortcuts.title")} onClose={onClose}>
      <dl className="pairs">
        {rows.map(([keys, text]) => (
          <div key={keys}><dt>{text}</dt><dd className="nowrap" dir="ltr">{keys.split("  ").map((key) => <kbd key={key}>{key}</kbd>)}</dd></div>
        ))}
      </dl>
      <label className="menu-item">
        <input type="checkbox" checked={singleKeys} onChange={(event) => setSingleKeys(event.target.checked)} /> {t("shortcuts.single_keys")}
      </label>
    </Dialog>
  );
}
