import { describe, expect, test } from "vitest";
import { colors, tokensAsCss, type ThemeColors } from "./tokens";

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const texts: readonly [keyof ThemeColors, keyof ThemeColors][] = [
  ["text", "panel"], ["text", "bg"], ["text", "sunken"], ["text", "accentSoft"],
  ["muted", "panel"], ["muted", "bg"], ["muted", "sunken"], ["muted", "neutralSoft"],
  ["accent", "panel"], ["accent", "bg"], ["accent", "accentSoft"], ["accent", "sunken"], ["onAccent", "accent"],
  ["success", "successSoft"], ["warning", "warningSoft"], ["danger", "dangerSoft"], ["info", "infoSoft"], ["danger", "panel"],
];

describe.each(["light", "dark"] as const)("in the %s theme", (theme) => {
  test.each(texts)("%s on %s is readable (4.5:1)", (text, ground) => {
    expect(contrast(colors[theme][text], colors[theme][ground])).toBeGreaterThanOrEqual(4.5);
  });

  test("the border of a control stands out from the panel it stands on (3:1)", () => {
    expect(contrast(colors[theme].control, colors[theme].panel)).toBeGreaterThanOrEqual(3);
  });

  test.each(["series1", "series2", "series3", "series4", "series5"] as const)("%s of a chart stands out from the panel (3:1)", (series) => {
    expect(contrast(colors[theme][series], colors[theme].panel)).toBeGreaterThanOrEqual(3);
  });
});

test("both themes reach the page as CSS variables", () => {
  expect(tokensAsCss()).toContain("--accent-soft:#e8effb");
  expect(tokensAsCss()).toContain(':root[data-theme="dark"]{color-scheme:dark;--bg:#0f1420');
});
