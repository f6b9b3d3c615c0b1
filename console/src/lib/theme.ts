/**
 * Which theme is shown: the reader's choice, or the system's as it changes. public/theme.js set it before first paint.
 */
import { useEffect, useSyncExternalStore } from "react";
import { usePreference } from "./preferences";

export type Theme = "light" | "dark";

const query = "(prefers-color-scheme: dark)";

export function useTheme(): Theme {
  const [choice] = usePreference("theme");
  const system = useSyncExternalStore(onSystemTheme, systemTheme);
  return choice === "system" ? system : choice;
}

/** Keeps `data-theme` of the document equal to the theme in force. */
export function useThemeOnDocument(): void {
  const theme = useTheme();
  useEffect(() => {
    document.documentElement.dataset["theme"] = theme;
  }, [theme]);
}

function systemTheme(): Theme {
  return matchMedia(query).matches ? "dark" : "light";
}

function onSystemTheme(listener: () => void): () => void {
  const media = matchMedia(query);
  media.addEventListener("change", listener);
  return () => media.removeEventListener("change", listener);
}
