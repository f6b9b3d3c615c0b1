/** Around every page: skip link, nav, top bar, the page itself, and the shortcuts that work everywhere. */
import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { Outlet, useLocation, useNavigate } from "react-router";
import { useMay } from "../features/identity/session";
import { useI18n } from "../lib/i18n";
import { useLive } from "../lib/live/useLive";
import { narrow, useMedia } from "../lib/media";
import { usePreference } from "../lib/preferences";
import { useShortcuts } from "../lib/shortcuts";
import { PageWaiting } from "../ui/States";
import { OpenPlaces } from "../ui/Tabs";
import { ErrorBoundary } from "./ErrorBoundary";
import { rootsOf } from "./live";
import { Nav } from "./Nav";
import { useIsOpen } from "./open";
import { navPages } from "./routes";
import { TopBar } from "./TopBar";
import "./Shell.css";

// They come with the key that opens them.
const Palette = lazy(async () => ({ default: (await import("./Palette")).Palette }));
const ShortcutHelp = lazy(async () => ({ default: (await import("./ShortcutHelp")).ShortcutHelp }));

type Overlay = "palette" | "help" | null;

export default function Shell() {
  const { t } = useI18n();
  const [overlay, setOverlay] = useState<Overlay>(null);
  const [drawer, setDrawer] = useState(false);
  const [collapsed, setCollapsed] = usePreference("nav_collapsed");
  const isNarrow = useMedia(narrow);
  const { pathname } = useLocation();
  const main = useFocusOnNavigation(pathname);
  useGlobalShortcuts(setOverlay);
  usePrefetch();
  useLive(rootsOf, useMay("audit"));
  const isOpen = useIsOpen();

  const toggleNav = () => (isNarrow ? setDrawer(!drawer) : setCollapsed(!collapsed));
  const className = ["shell", collapsed && !isNarrow ? "collapsed" : "", drawer && isNarrow ? "drawer" : ""].join(" ");
  return (
    <div className={className}>
      <a className="skip-link" href="#main">{t("shell.skip")}</a>
      <Nav hidden={isNarrow && !drawer} onNavigate={() => setDrawer(false)} onDismiss={() => setDrawer(false)} drawer={drawer && isNarrow} />
      <TopBar navOpen={isNarrow ? drawer : !collapsed} onToggleNav={toggleNav} onSearch={() => setOverlay("palette")} onHelp={() => setOverlay("help")} />
      <main id="main" ref={main} tabIndex={-1}>
        <ErrorBoundary key={pathname}>
          <Suspense fallback={<PageWaiting />}>
            <OpenPlaces value={isOpen}><Outlet /></OpenPlaces>
          </Suspense>
        </ErrorBoundary>
      </main>
      <Suspense fallback={null}>
        {overlay === "palette" && <Palette onClose={() => setOverlay(null)} />}
        {overlay === "help" && <ShortcutHelp onClose={() => setOverlay(null)} />}
      </Suspense>
    </div>
  );
}

/** Moves the focus to the page when another one opens, so that a screen reader begins there; not on the first load. */
function useFocusOnNavigation(pathname: string) {
  const main = useRef<HTMLElement>(null);
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    main.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [pathname]);
  return main;
}

function useGlobalShortcuts(open: (overlay: Overlay) => void): void {
  const navigate = useNavigate();
  const client = useQueryClient();
  const places = navPages.map(({ path, nav }) => [`g ${nav.letter}`, () => void navigate(path)] as const);
  useShortcuts({
    ...Object.fromEntries(places),
    "mod+k": () => open("palette"),
    "?": () => open("help"),
    r: () => void client.invalidateQueries(),
  });
}

/** Fetches the chunks of the other pages once the browser has nothing better to do. */
function usePrefetch(): void {
  useEffect(() => {
    const later = window.requestIdleCallback ?? ((run: () => void) => window.setTimeout(run, 2_000));
    const handle = later(() => navPages.forEach(({ fetchAhead }) => fetchAhead()));
    return () => (window.cancelIdleCallback ?? window.clearTimeout)(handle);
  }, []);
}
