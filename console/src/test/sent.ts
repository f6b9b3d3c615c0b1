/** What the console asks of the server in a test. */
import { server } from "./setup";

export interface Sent {
  method: string;
  body: unknown;
  version: string | null;
}

/** What was written to paths that end so. */
export function sentTo(ending: string): Sent[] {
  const sent: Sent[] = [];
  server.events.on("request:start", async ({ request }) => {
    if (request.method !== "GET" && request.url.endsWith(ending)) sent.push({ method: request.method, body: await request.clone().json().catch(() => null), version: request.headers.get("If-Match") });
  });
  return sent;
}

/** The paths with their query that were read of a list. */
export function askedOf(path: string): URLSearchParams[] {
  const asked: URLSearchParams[] = [];
  server.events.on("request:start", ({ request }) => {
    const url = new URL(request.url);
    if (url.pathname === path) asked.push(url.searchParams);
  });
  return asked;
}
