/**
 * The one client of the API, typed by the generated document; it speaks with the session cookie of this origin.
 *
 *     const page = await answer(api.GET("/v1/invoices", { params: { query: { page: 2 } } }));
 *
 * `answer` gives the body or throws an `ApiProblem`. `Answer<"/v1/invoices">` is the type of a body, so no page names
 * a schema of the document and a renamed schema changes nothing here.
 */
import createClient from "openapi-fetch";
import type { paths } from "../api/schema";
import { positionsToCarry, rememberPositions } from "./positions";
import { ApiProblem } from "./problem";

/** A read that a standing service does not answer is given up; a write waits longer than the entry does for its answer. */
const read_timeout_ms = 8_000;
const write_timeout_ms = 35_000;
/** What goes through the whole book says within two minutes that it was too much. */
const slow_timeout_ms = 155_000;
const slow = "/v1/proof/what-if";

export const api = createClient<paths>({
  baseUrl: location.origin,
  fetch: (request) => limitedFetch(request, request.method === "GET" ? read_timeout_ms : request.url.endsWith(slow) ? slow_timeout_ms : write_timeout_ms, request.signal),
});

/** `fetch` that ends with a `TimeoutError` when nothing has come in time. Looked up at each call, so that a test can stand between. */
export function limitedFetch(request: Request | string, limit_ms: number, signal: AbortSignal): Promise<Response> {
  return globalThis.fetch(request, { signal: AbortSignal.any([signal, AbortSignal.timeout(limit_ms)]) });
}

api.use({
  onRequest({ request }) {
    const positions = request.method === "GET" ? positionsToCarry() : null;
    if (positions) request.headers.set("Position", positions);
    return request;
  },
  onResponse({ response }) {
    rememberPositions(response.headers.get("Position"));
    return response;
  },
});

export interface Call<Body> {
  data?: Body;
  error?: unknown;
  response: Response;
}

export async function answer<Body>(call: Promise<Call<Body>>): Promise<Body> {
  const { data, error, response } = await call;
  if (!response.ok) throw new ApiProblem(response.status, error, response.headers);
  return data as Body;
}

type Readable = { [Path in keyof paths]: paths[Path] extends { get: { responses: { 200: { content: { "application/json": unknown } } } } } ? Path : never }[keyof paths];

/** The JSON body that a GET on `Path` answers with. */
export type Answer<Path extends Readable> = paths[Path] extends { get: { responses: { 200: { content: { "application/json": infer Body } } } } } ? Body : never;

/** The body of a POST on `Path`. */
export type Body<Path extends keyof paths> = paths[Path] extends { post: { requestBody: { content: { "application/json": infer Sent } } } } ? Sent : never;

/** What a GET on `Path` may be asked: the parameters of its query. */
export type Question<Path extends Readable> = paths[Path] extends { get: { parameters: { query?: infer Query } } } ? NonNullable<Query> : never;
