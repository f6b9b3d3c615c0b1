/**
 * What a reader chose for themselves on this machine: theme, language, time zone, columns, refresh.
 *
 *     const [zone, setZone] = usePreference("zone");
 *
 * Each choice is one JSON value in localStorage under `meterlog.<name>`; public/theme.js reads `meterlog.theme`
 * before the application starts. A refused or damaged store falls back to the defaults and never stops a page.
 */
import { useCallback, useSyncExternalStore } from "react";

export type ThemeChoice = "system" | "light" | "dark";
/** Whose clock times are read by: that of the account they are about, UTC, or this machine's. */
export type Zone = "account" | "utc" | "browser";

export interface Preferences {
  theme: ThemeChoice;
  /** A language tag of lib/i18n, or null: the browser's. */
  language: string | null;
  zone: Zone;
  /** Seconds between two automatic reads; 0 is paused. */
  refresh_s: number;
  single_keys: boolean;
  nav_collapsed: boolean;
  /** Whether the house had first steps to go when it was last seen; null: never seen. Keeps their room meanwhile. */
  first_steps_open: boolean | null;
  /** Columns that the reader shows, by table; a table not named shows its default columns. */
  columns: Readonly<Record<string, readonly string[]>>;
}

const defaults: Preferences = {
  theme: "system",
  language: null,
  zone: "account",
  refresh_s: 60,
  single_keys: true,
  nav_collapsed: false,
  first_steps_open: null,
  columns: {},
};

const listeners = new Set<() => void>();
const cache = new Map<keyof Preferences, unknown>();

export function preference<Name extends keyof Preferences>(name: Name): Preferences[Name] {
  if (!cache.has(name)) cache.set(name, read(name) ?? defaults[name]);
  return cache.get(name) as Preferences[Name];
}

export function setPreference<Name extends keyof Preferences>(name: Name, value: Preferences[Name]): void {
  cache.set(name, value);
  try {
    localStorage.setItem(`meterlog.${name}`, JSON.stringify(value));
  } catch {
    // A full or refused store keeps the choice for this tab only.
  }
  listeners.forEach((listener) => listener());
}

export function usePreference<Name extends keyof Preferences>(
  name: Name,
): [Preferences[Name], (value: Preferences[Name]) => void] {
  const value = useSyncExternalStore(subscribePreferences, () => preference(name));
  const set = useCallback((next: Preferences[Name]) => setPreference(name, next), [name]);
  return [value, set];
}

/** Calls `listener` after each change, also those made in another tab. Returns what ends it. */
export function subscribePreferences(listener: () => void): () => void {
  const fromAnotherTab = (event: StorageEvent) => {
    if (event.key?.startsWith("meterlog.")) {
      cache.clear();
      listener();
    }
  };
  listeners.add(listener);
  addEventListener("storage", fromAnotherTab);
  return () => {
    listeners.delete(listener);
    removeEventListener("storage", fromAnotherTab);
  };
}

/** Forgets what was read, for tests that prepare localStorage themselves. */
export function rereadPreferences(): void {
  cache.clear();
  listeners.forEach((listener) => listener());
}

function read(name: keyof Preferences): unknown {
  try {
    const stored = localStorage.getItem(`meterlog.${name}`);
    const value: unknown = stored === null ? null : JSON.parse(stored);
    const wanted = defaults[name];
    return wanted === null || typeof value === typeof wanted ? value : null;
  } catch {
    return null;
  }
}
