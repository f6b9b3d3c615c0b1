/** What the mock answers of cycles, plans, customers and subscriptions; null for what is not among them. */
import { cycles, pageOf, periodsFrom, quoted, type Cycle } from "./rating.ts";

export interface Asked {
  resource: string;
  id: string | undefined;
  part: string | undefined;
  n: string | undefined;
  query: URLSearchParams;
}

export async function rating(request: Request, asked: Asked): Promise<Response | null> {
  switch (asked.resource) {
    case "billing-cycles": return billingCycles(request, asked);
    case "pricing": return Response.json(quoted((await request.json()) as Parameters<typeof quoted>[0]));
    default: return null;
  }
}

async function billingCycles(request: Request, { id, part, query }: Asked): Promise<Response> {
  if (!id && request.method === "POST") {
    const body = (await request.json()) as Partial<Cycle>;
    if (body.time_zone === "Mars/Base") return refusal("/time_zone", "unknown_time_zone", "There is no time zone Mars/Base.");
    return Response.json({ ...cycles[0], ...body, id: body.id ?? "new-cycle" }, { status: 201 });
  }
  if (!id) return Response.json(pageOf(cycles.filter(({ name }) => !query.get("name") || name === query.get("name")), query));
  const cycle = cycles.find((one) => one.id === id);
  if (!cycle) return missing(id);
  return Response.json(part === "periods" ? { items: periodsFrom(cycle.anchor_day, Number(query.get("count") ?? 6)) } : cycle);
}

export function refusal(pointer: string, code: string, detail: string): Response {
  const body = { type: "about:blank", title: "Refused", status: 422, detail, errors: [{ pointer, code, detail }], trace_id: "4bf92f3577b34da6a3ce929d0e0e4736" };
  return Response.json(body, { status: 422, headers: { "Content-Type": "application/problem+json" } });
}

export function missing(id: string): Response {
  return Response.json({ type: "about:blank", title: "No such thing", status: 404, detail: `There is no ${id}.`, errors: [] }, { status: 404, headers: { "Content-Type": "application/problem+json" } });
}
