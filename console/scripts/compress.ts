/**
 * Writes each file of the built console that is text a second and a third time, as brotli and as gzip, beside itself.
 *
 * The entry (shared/entry/static.py) sends the form that the browser takes; nothing is compressed while a page loads.
 * A form that is no smaller than the file is not written.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const text = new Set([".js", ".css", ".html", ".svg", ".json"]);

const forms = [
  { suffix: ".br", compress: (body: Buffer) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } }) },
  { suffix: ".gz", compress: (body: Buffer) => promisify(gzip)(body, { level: 9 }) },
] as const;

/** Returns how many files were written. */
export async function compressFolder(folder: string): Promise<number> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((file) => file.isFile() && text.has(extname(file.name)));
  const written = await Promise.all(files.map(async (file) => compressFile(join(file.parentPath, file.name))));
  return written.reduce((total, count) => total + count, 0);
}

async function compressFile(path: string): Promise<number> {
  const body = await readFile(path);
  const smaller = (await Promise.all(forms.map(async ({ suffix, compress }) => ({ suffix, bytes: await compress(body) })))).filter(({ bytes }) => bytes.length < body.length);
  await Promise.all(smaller.map(({ suffix, bytes }) => writeFile(path + suffix, bytes)));
  return smaller.length;
}
