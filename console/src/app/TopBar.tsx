/** Across the top: the nav's switch, search, whether this is the demo, how fresh the page is, the test clock where one runs, and the reader's menu. */
import { useSession } from "../features/identity/session";
import { useClock } from "../lib/clock";
import { useI18n } from "../lib/i18n";
import { Icon } from "../ui/Icon";
import { Instant } from "../ui/Value";
import { Freshness } from "./Freshness";
import { UserMenu } from "./UserMenu";

interface Props {
  navOpen: boolean;
  onToggleNav: () => void;
  onSearch: () => void;
  onHelp: () => void;
}

export function TopBar({ navOpen, onToggleNav, onSearch, onHelp }: Props) {
  const { t } = useI18n();
  return (
    <header className="top-bar no-print">
      <button type="button" className="button quiet icon" aria-label={t("shell.toggle_nav")} aria-expanded={navOpen} aria-controls="nav" onClick={onToggleNav}>
        <Icon name="menu" />
      </button>
      <button type="button" className="top-search" onClick={onSearch} aria-keyshortcuts="Control+K">
        <Icon name="search" /> <span className="grow clip">{t("palette.title")}</span> <kbd>Ctrl K</kbd>
      </button>
      <span className="grow" />
      <Demo />
      <TestClock />
      <Freshness />
      <UserMenu onHelp={onHelp} />
    </header>
  );
}

/** Nobody should take the demo's customers for their own, nor be afraid to press a button. */
function Demo() {
  const { t } = useI18n();
  if (!useSession().data?.demo) return null;
  return <span className="demo-badge" title={t("shell.demo_hint")}>{t("shell.demo")}</span>;
}

function TestClock() {
  const { t } = useI18n();
  const { data } = useClock();
  if (!data?.test) return null;
  return (
    <span className="test-clock" title={t("shell.test_clock_hint")}>
      <Icon name="clock" size={14} /> <span className="test-clock-word">{t("shell.test_clock")}</span> <Instant value={data.now} />
    </span>
  );
}
