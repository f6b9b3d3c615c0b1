/**
 * What a customer reads by a link: asked with the link's token in a header, never in an address, and without cookies.
 *
 * What the server has told before is asked for with its tag; where nothing has changed it says so, and nothing is sent.
 */
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { limitedFetch } from "../../../lib/api";
import { ApiProblem, isTransient } from "../../../lib/problem";

const read_timeout_ms = 15_000;
const again_ms = 30_000;
const kept_max = 100;
export const base = "/v1/customer-page";

/** The link is not known, has ended or was revoked: nothing more will come. */
export class LinkOver extends Error {}

const kept = new Map<string, { tag: string; body: unknown }>();

export async function ask<Body>(token: string, path: string, signal: AbortSignal): Promise<Body> {
  const key = `${token} ${path}`;
  const known = kept.get(key);
  const response = await send(token, path, { signal, ...(known ? { headers: { "If-None-Match": known.tag } } : {}) });
  if (response.status === 304 && known) return known.body as Body;
  const body = (await bodyOf(response)) as Body;
  const tag = response.headers.get("ETag");
  if (tag) keep(key, { tag, body });
  return body;
}

/** The address at which an invoice can be paid. */
export async function paymentPath(token: string, invoice: string): Promise<string> {
  const response = await send(token, `/invoices/${encodeURIComponent(invoice)}/payment-link`, { method: "POST" });
  return ((await bodyOf(response)) as { path: string }).path;
}

/** The document as a file; the browser shows it itself. */
export async function documentOf(token: string, invoice: string): Promise<Blob> {
  const response = await send(token, `/invoices/${encodeURIComponent(invoice)}/pdf`, {});
  if (!response.ok) await bodyOf(response);
  return response.blob();
}

/** `live`: read again twice a minute while somebody looks. */
export function useAsked<Body>(token: string, path: string, live = true): UseQueryResult<Body> {
  return useQuery({
    queryKey: ["my-page", token, path],
    queryFn: ({ signal }) => ask<Body>(token, path, signal),
    refetchInterval: ({ state }) => (live && !(state.error instanceof LinkOver) && again_ms),
    retry: (failures, error) => !(error instanceof LinkOver) && isTransient(error) && failures < 2,
  });
}

async function send(token: string, path: string, init: RequestInit & { headers?: Record<string, string> }): Promise<Response> {
  const headers = { ...init.headers, Authorization: `Bearer ${token}` };
  const request = new Request(`${location.origin}${base}${path}`, { ...init, headers, cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" });
  const response = await limitedFetch(request, read_timeout_ms, init.signal ?? new AbortController().signal);
  if (response.status === 401) throw new LinkOver("the link is over");
  return response;
}

async function bodyOf(response: Response): Promise<unknown> {
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new ApiProblem(response.status, body, response.headers);
  return body;
}

function keep(key: string, value: { tag: string; body: unknown }): void {
  kept.delete(key);
  kept.set(key, value);
  const [oldest] = kept.keys();
  if (kept.size > kept_max && oldest !== undefined) kept.delete(oldest);
}
