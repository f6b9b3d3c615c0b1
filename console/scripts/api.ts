/**
 * Makes src/api/schema.d.ts from the saved openapi.json, and tells when the two have drifted.
 *
 *     node scripts/api.ts write                                       # regenerate
 *     node scripts/api.ts check                                       # exit 1 on drift
 *     node scripts/api.ts fetch http://127.0.0.1:8080/openapi.json    # save the document of a running stack, then write
 */
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const saved = new URL("../openapi.json", import.meta.url);
const generated = new URL("../src/api/schema.d.ts", import.meta.url);
const heading = "// Generated from openapi.json by `npm run api`. Change the services, never this file.\n";

async function render(): Promise<string> {
  return heading + astToString(await openapiTS(saved));
}

async function fetchDocument(url: string): Promise<void> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  await writeFile(saved, `${JSON.stringify(await response.json(), null, 1)}\n`);
}

const [mode = "write", url = "http://127.0.0.1:8080/openapi.json"] = process.argv.slice(2);
if (mode === "fetch") await fetchDocument(url);

const fresh = await render();
if (mode !== "check") {
  await writeFile(generated, fresh);
  console.log(`wrote ${generated.pathname}`);
} else if ((await readFile(generated, "utf8")) !== fresh) {
  console.error("src/api/schema.d.ts differs from openapi.json: run `npm run api`");
  process.exit(1);
}
