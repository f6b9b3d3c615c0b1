import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";

const root = new URL("..", import.meta.url).pathname;
const files = new Map(readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) => /\.(tsx?|css)$/.test(path) && !/\.test\./.test(path)).map((path) => [path, readFileSync(join(root, path), "utf8")]));

const found = (from: string, said: string) => ["", ".tsx", ".ts", "/index.tsx", "/index.ts"].map((end) => normalize(join(dirname(from), said)) + end).find((path) => files.has(path));
const imported = (path: string, how: RegExp) => [...(files.get(path) ?? "").replace(/import type [^;]+;/g, "").matchAll(how)].flatMap(([, said = ""]) => found(path, said) ?? []);

const code = [...files.keys()].filter((path) => !path.endsWith(".css"));
const held = new Map(code.map((path) => [path, imported(path, /(?:from|^import) "(\.[^"]+)"/gm)]));
const later = new Map(code.map((path) => [path, imported(path, /import\("(\.[^"]+)"\)/g)]));

/** A file and all that comes with it. */
function whole(path: string): ReadonlySet<string> {
  const all = new Set([path]);
  for (const one of all) held.get(one)?.forEach((other) => all.add(other));
  return all;
}

const shell = whole("main.tsx");
const chunks = new Map([...new Set([...later.values()].flat())].map((path) => [path, whole(path)]));

/** What is there when a chunk is asked for: its own, the shell's, and what each place that asks for it has already. */
function there(chunk: string, asking: ReadonlySet<string> = new Set()): ReadonlySet<string> {
  const own = new Set([...shell, ...(chunks.get(chunk) ?? [])]);
  const places = [...chunks].filter(([other, files]) => other !== chunk && !asking.has(other) && [...files].some((path) => later.get(path)?.includes(chunk)));
  const [first, ...others] = shell.size > 0 && [...shell].some((path) => later.get(path)?.includes(chunk)) ? [] : places.map(([other]) => there(other, new Set([...asking, chunk])));
  if (first) for (const path of first) if (others.every((other) => other.has(path))) own.add(path);
  return own;
}

const sheets = [...files].filter(([path]) => path.endsWith(".css")).map(([path, css]) => [path, new Set([...css.matchAll(/(?:^|[,}])\s*\.([a-z][\w-]*)/gm)].map(([, name = ""]) => name))] as const);
const used = (path: string) => new Set([...(files.get(path) ?? "").matchAll(/className=(?:"([^"]*)"|\{([^}]*)\})/g)].flatMap(([, plain, made]) => (plain ?? [...(made ?? "").matchAll(/["`]([^"`]*)["`]/g)].map(([, text]) => text).join(" ")).split(/[^\w-]+/)));

test("a page that is opened first has the styles of all that it shows, whatever was not opened before it", () => {
  const missing = new Set<string>();
  for (const [chunk, parts] of chunks) {
    const has = there(chunk);
    for (const path of parts) {
      for (const name of shell.has(path) ? [] : used(path)) {
        const homes = sheets.filter(([, names]) => names.has(name)).map(([sheet]) => sheet);
        if (homes.length > 0 && !homes.some((sheet) => has.has(sheet))) missing.add(`${path} uses .${name} of ${homes.join(" or ")}`);
      }
    }
  }
  expect([...missing]).toEqual([]);
});
