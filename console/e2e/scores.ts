/**
 * What Lighthouse found, as bench/results keeps it: the lowest score of each kind with its page, and all pages.
 *
 *     await saveScores("../bench/results/lighthouse.json", { "/invoices": { performance: 99, accessibility: 100, "best-practices": 100 } });
 *
 * Pages that the file has already stay beside the new ones: each is saved when it is measured, and a walk that was ended goes on with the rest.
 */
import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { cpus, loadavg, totalmem } from "node:os";

export const least = { performance: 95, accessibility: 100, "best-practices": 100 } as const;
export type Scores = Record<keyof typeof least, number>;
export const categories = Object.keys(least) as (keyof typeof least)[];
export const misses = (scores: Scores) => categories.some((category) => scores[category] < least[category]);

export async function savedScores(file: string): Promise<Readonly<Record<string, Scores>>> {
  return readFile(file, "utf8").then((text) => (JSON.parse(text) as { each: Record<string, Scores> }).each, () => ({}));
}

export async function saveScores(file: string, found: Readonly<Record<string, Scores>>): Promise<void> {
  const each = Object.fromEntries(Object.entries({ ...(await savedScores(file)), ...found }).sort(([a], [b]) => a.localeCompare(b, "en")));
  const result = { benchmark: "lighthouse", date: new Date().toISOString().slice(0, 10), commit: version(), machine: machine(), pages: Object.keys(each).length, ...lowest(each), each };
  await writeFile(file, `${JSON.stringify(result, null, 2)}\n`);
}

function lowest(each: Readonly<Record<string, Scores>>): Record<string, number | string> {
  return Object.fromEntries(categories.flatMap((category) => {
    const [[page, scores] = ["", null]] = Object.entries(each).sort(([, a], [, b]) => a[category] - b[category]);
    const name = category.replace("-", "_");
    return [[`${name}_lowest`, scores?.[category] ?? 0], [`${name}_lowest_page`, page]];
  }));
}

const git = (...words: string[]) => execFileSync("git", words, { encoding: "utf8" }).trim();

/** With a plus sign where the console was changed since; null outside a repository. */
function version(): string | null {
  try {
    return git("rev-parse", "--short=12", "HEAD") + (git("status", "--porcelain", "--", "src") ? "+" : "");
  } catch {
    return null;
  }
}

function machine() {
  return { cores: cpus().length, memory_gib: Math.round(totalmem() / 2 ** 30), node: process.versions.node, load_average: Math.round((loadavg()[2] ?? 0) * 100) / 100 };
}
