/**
 * Pages as they are before, or in place of, an answer: everything that the API is asked stays open, is refused to the reader's role,
 * meets a server that is away, or finds nothing. Who is signed in is always answered, for without that there is no page.
 */
import type { BrowserContext, Route } from "playwright-core";

export type Answers = "loading" | "refused" | "away" | "empty";

const problem = (status: number, code: string, title: string) => ({
  status,
  contentType: "application/problem+json",
  body: JSON.stringify({ type: "about:blank", title, status, code, trace_id: "4bf92f3577b34da6a3ce929d0e0e4736" }),
});

/** Every list of the API has these, whatever its rows are. */
const nothing = { items: [], total: 0, totals: [], next_cursor: null, as_of: "2026-11-23T10:15:00Z" };

const does: Readonly<Record<Answers, (route: Route) => Promise<void>>> = {
  loading: async () => undefined,
  refused: (route) => route.fulfill(problem(403, "forbidden", "Forbidden")),
  away: (route) => route.fulfill(problem(503, "unavailable", "The service does not answer")),
  empty: async (route) => {
    const answer = await route.fetch({ maxRetries: 3 });
    const body: unknown = answer.ok() ? await answer.json().catch(() => null) : null;
    const isList = body !== null && typeof body === "object" && "items" in body && Array.isArray(body.items);
    await (isList ? route.fulfill({ response: answer, json: { ...body, ...nothing } }) : route.fulfill({ response: answer }));
  },
};

export async function answerWith(context: BrowserContext, answers: Answers): Promise<void> {
  // The stream has no end: what is fetched of it whole would never come.
  await context.route(/\/v1\/(?!session\b|stream\b)/, (route) => (route.request().method() === "GET" ? does[answers](route).catch(() => route.abort()) : route.continue()));
}

/** What the browser notes of an answer that is no success, which here is what is looked at. */
export const isOwnFault = (complaint: string) => /status of (403|503|404)/.test(complaint);
