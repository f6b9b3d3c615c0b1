/**
 * The colours and sizes of the console, once: vite.config.ts writes them as CSS variables, ui/antd.tsx gives them to
 * Ant Design, and a test computes their contrast. Text reaches 4.5:1 on its ground, control borders
 * and the series of a chart 3:1.
 */
export const colors = {
  light: {
    bg: "#f6f8fb", panel: "#ffffff", sunken: "#eef1f6", text: "#172033", muted: "#56607a",
    line: "#dfe4ed", control: "#8a93a8", accent: "#1d5fd1", onAccent: "#ffffff", accentSoft: "#e8effb",
    success: "#0f7a55", successSoft: "#e3f4ec", warning: "#a14a07", warningSoft: "#fdf0e2",
    danger: "#b42318", dangerSoft: "#fdeceb", info: "#0b6e99", infoSoft: "#e2f2f9", neutralSoft: "#edf0f5",
    series1: "#1d5fd1", series2: "#0f8a5f", series3: "#b45309", series4: "#7c3aed", series5: "#be123c",
  },
  dark: {
    bg: "#0f1420", panel: "#161c2b", sunken: "#111724", text: "#e6eaf3", muted: "#a3adc2",
    line: "#283046", control: "#6b7690", accent: "#7aa7ff", onAccent: "#0f1420", accentSoft: "#1c2a4a",
    success: "#4cc38a", successSoft: "#14312a", warning: "#f5b14c", warningSoft: "#372a18",
    danger: "#ff8a80", dangerSoft: "#3b1f24", info: "#5bc0eb", infoSoft: "#142f40", neutralSoft: "#222a3c",
    series1: "#7aa7ff", series2: "#4cc38a", series3: "#f5b14c", series4: "#b69bff", series5: "#ff8fa3",
  },
} as const;

export type ThemeColors = Readonly<Record<keyof typeof colors.light, string>>;

export const sizes = { nav: 224, navCollapsed: 56, topBar: 52, radius: 6, row: 40, fontSize: 14, lineHeight: 20 } as const;

export const fontFamily =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif';

/** The tokens as CSS custom properties: `--panel`, `--accent-soft`, `--size-nav`. */
export function tokensAsCss(): string {
  const block = (selector: string, values: Readonly<Record<string, string | number>>, scheme: string) =>
    `${selector}{color-scheme:${scheme};${Object.entries(values).map(([name, value]) => `--${kebab(name)}:${value}`).join(";")}}`;
  const shared = Object.entries(sizes).map(([name, value]) => `--size-${kebab(name)}:${value}px`).join(";");
  return [
    `:root{${shared};--font:${fontFamily}}`,
    block(":root", colors.light, "light"),
    block(':root[data-theme="dark"]', colors.dark, "dark"),
    // Paper is white whatever the screen was.
    `@media print{${block(':root[data-theme="dark"]', colors.light, "light")}}`,
  ].join("\n");
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
