/**
 * Makes src/api/schema.d.ts and src/api/bodies.json from the saved openapi.json, and tells when they have drifted.
 *
 *     node scripts/api.ts write                                       # regenerate
 *     node scripts/api.ts check                                       # exit 1 on drift
 *     node scripts/api.ts fetch http://127.0.0.1:8080/openapi.json    # save the document of a running stack, then write
 *
 * The bodies are the schemas of what may be sent, with what they refer to: forms are made of them (src/lib/form/). Titles,
 * descriptions and examples are left out: a form has words of its own, and every byte is loaded with it.
 */
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

type Json = Record<string, unknown>;

const saved = new URL("../openapi.json", import.meta.url);
const heading = "// Generated from openapi.json by `npm run api`. Change the services, never this file.\n";

const generated: readonly [file: URL, render: () => Promise<string>][] = [
  [new URL("../src/api/schema.d.ts", import.meta.url), async () => heading + astToString(await openapiTS(saved))],
  [new URL("../src/api/bodies.json", import.meta.url), renderBodies],
];

async function renderBodies(): Promise<string> {
  const document = JSON.parse(await readFile(saved, "utf8")) as { paths: Json; components: { schemas: Json } };
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods as Json)) as { requestBody?: { content?: Json } }[];
  const sent = operations.map(({ requestBody }) => requestBody?.content?.["application/json"]);
  const needed = new Set<string>();
  const follow = (value: unknown): void => {
    for (const [, name = ""] of JSON.stringify(value ?? null).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (needed.has(name)) continue;
      needed.add(name);
      follow(document.components.schemas[name]);
    }
  };
  sent.forEach(follow);
  const lines = [...needed].sort().map((name) => ` ${JSON.stringify(name)}: ${JSON.stringify(withoutTexts(document.components.schemas[name]))}`);
  return `{\n${lines.join(",\n")}\n}\n`;
}

function withoutTexts(schema: unknown, isNames = false): unknown {
  if (Array.isArray(schema)) return schema.map((one) => withoutTexts(one));
  if (typeof schema !== "object" || schema === null) return schema;
  const kept = Object.entries(schema).filter(([name]) => isNames || !["title", "description", "examples"].includes(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, withoutTexts(value, !isNames && name === "properties")]));
}

async function fetchDocument(url: string): Promise<void> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  await writeFile(saved, `${JSON.stringify(await response.json(), null, 1)}\n`);
}

const [mode = "write", url = "http://127.0.0.1:8080/openapi.json"] = process.argv.slice(2);
if (mode === "fetch") await fetchDocument(url);

for (const [file, render] of generated) {
  const fresh = await render();
  if (mode !== "check") {
    await writeFile(file, fresh);
    console.log(`wrote ${file.pathname}`);
  } else if ((await readFile(file, "utf8").catch(() => "")) !== fresh) {
    console.error(`${file.pathname} differs from openapi.json: run \`npm run api\``);
    process.exitCode = 1;
  }
}
