/**
 * Holds the built console to its budgets: gzipped JavaScript that a page needs before it can show itself.
 *
 *     npm run build && npm run budget
 *
 * A page needs the entry, the shell (all but the login), its own chunk, what those import at once, and what its first
 * sight needs beside them (the list: antd's table). kB are 1000 bytes.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

interface Chunk {
  file: string;
  imports?: string[];
}

const dist = new URL("../dist", import.meta.url).pathname;
const manifest: Record<string, Chunk> = JSON.parse(readFileSync(join(dist, ".vite/manifest.json"), "utf8"));

const entry = "index.html";
const shell = "src/app/Shell.tsx";
const page = (name: string) => `src/app/pages/${name}.tsx`;

const budgets: readonly { name: string; chunks: string[]; kB: number }[] = [
  { name: "Login", chunks: [entry, page("LoginPage")], kB: 150 },
  { name: "Overview", chunks: [entry, shell, page("OverviewPage")], kB: 230 },
  { name: "Invoices", chunks: [entry, shell, page("InvoicesPage"), "src/ui/table/AntTable.tsx"], kB: 410 },
  { name: "Invoice", chunks: [entry, shell, page("InvoicePage")], kB: 410 },
];

function withImports(name: string, seen = new Set<string>()): Set<string> {
  const chunk = manifest[name];
  if (!chunk) throw new Error(`the manifest has no ${name}; there are ${Object.keys(manifest).join(", ")}`);
  if (seen.has(name)) return seen;
  seen.add(name);
  chunk.imports?.forEach((imported) => withImports(imported, seen));
  return seen;
}

function gzipped_kB(names: Iterable<string>): number {
  const bytes = [...names].map((name) => gzipSync(readFileSync(join(dist, manifest[name]!.file)), { level: 9 }).length);
  return bytes.reduce((total, size) => total + size, 0) / 1000;
}

let over = 0;
for (const { name, chunks, kB } of budgets) {
  const size = gzipped_kB(new Set(chunks.flatMap((chunk) => [...withImports(chunk)])));
  if (size > kB) over += 1;
  console.log(`${size > kB ? "OVER" : "ok  "} ${name.padEnd(10)} ${size.toFixed(1).padStart(6)} kB of ${kB}`);
}
process.exit(over === 0 ? 0 : 1);
