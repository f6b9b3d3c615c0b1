import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = new URL("..", import.meta.url).pathname;
const paths = (end: RegExp) => readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) => end.test(path) && !/\.test\./.test(path));
const read = (path: string) => readFileSync(join(root, path), "utf8").replace(/\/\*[^]*?\*\//g, "");

/** Sides by name: where text runs from right to left they would be the wrong ones. */
const sides = [
  /\b(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)\b/g,
  /\bborder-(?:top|bottom)-(?:left|right)-radius\b/g,
  /(?<=[\s;{])(?:left|right)\s*:/g,
  /\b(?:text-align|float|clear)\s*:\s*(?:left|right)\b/g,
];

/** Four values, of which the second is the right side and the fourth the left one. */
function uneven(css: string): string[] {
  return [...css.matchAll(/\b(?:margin|padding|inset|border-width)\s*:\s*([^;}]+)/g)].flatMap(([whole, list = ""]) => {
    const [, right, , left] = list.trim().split(/\s+(?![^(]*\))/);
    return left !== undefined && left !== right ? [whole] : [];
  });
}

test("styles say start and end, never left and right, so a page that runs from right to left is a mirror", () => {
  const found = paths(/\.css$/).flatMap((path) => {
    const css = read(path);
    return [...sides.flatMap((side) => css.match(side) ?? []), ...uneven(css)].map((said) => `${path}: ${said.trim()}`);
  });
  expect(found).toEqual([]);
});

test("a style in code says start and end too", () => {
  const side = /style=\{\{[^}]*\b(?:(?:margin|padding|border)(?:Left|Right)|left|right|textAlign: "(?:left|right)")\b[^}]*\}\}/g;
  expect(paths(/\.tsx$/).flatMap((path) => (read(path).match(side) ?? []).map((said) => `${path}: ${said}`))).toEqual([]);
});
