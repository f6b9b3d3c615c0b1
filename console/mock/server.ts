/**
 * Serves the built console over the mock API: `npm run build && npm run mock`, then open http://127.0.0.1:8090.
 *
 * It serves files as the entry does: compressed, hashed assets for ever, index.html for every other path.
 */
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { extname, join, normalize } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { answer } from "./answers.ts";

const port = Number(process.env["PORT"] ?? 8090);
const dist = new URL("../dist", import.meta.url).pathname;
const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".json": "application/json",
};

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return new Request(`http://127.0.0.1:${port}${incoming.url ?? "/"}`, {
    method: incoming.method ?? "GET",
    headers: Object.entries(incoming.headers).flatMap(([name, value]) => (typeof value === "string" ? [[name, value] as [string, string]] : [])),
    ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}),
  });
}

async function sendFile(path: string, response: ServerResponse): Promise<void> {
  // An id may have a dot in it: what is no file is a page.
  const file = extname(path) ? await readFile(join(dist, normalize(path))).catch(() => null) : null;
  const wanted = file || path.startsWith("/assets/") ? normalize(path) : "/index.html";
  const body = file ?? (wanted === "/index.html" ? await readFile(join(dist, wanted)).catch(() => null) : null);
  if (body === null) {
    response.writeHead(404).end();
    return;
  }
  const cache = wanted.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
  response.writeHead(200, { "Content-Type": types[extname(wanted)] ?? "application/octet-stream", "Content-Encoding": "gzip", "Cache-Control": cache });
  response.end(await promisify(gzip)(body));
}

const server = createServer((incoming, response) => {
  void (async () => {
    const path = new URL(incoming.url ?? "/", "http://localhost").pathname;
    // Nothing happens here, but a browser must find the stream there: what it can't open it notes as an error.
    if (path === "/v1/stream") return void response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-cache" }).write(": open\n\n");
    if (path !== "/readyz" && !path.startsWith("/v1/")) return sendFile(path, response);
    const reply = await answer(await toRequest(incoming));
    response.writeHead(reply.status, Object.fromEntries(reply.headers));
    response.end(Buffer.from(await reply.arrayBuffer()));
  })().catch(() => response.destroy()); // Who asked has gone: nobody waits for the answer.
});
// Longer than anybody who asks keeps a connection: one that is closed just as it is used is a failure of the walk.
server.keepAliveTimeout = 600_000;
server.listen(port, "127.0.0.1", () => console.log(`http://127.0.0.1:${port}`));
