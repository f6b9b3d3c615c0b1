/** What the mock answers of deliveries: one invoice went out, came back and is on its way again; null for what is not among them. */
import type { components } from "../src/api/schema.d.ts";
import { invoices, now, type Invoice } from "./data.ts";
import { pageOf } from "./rating.ts";
import type { Asked } from "./ratingAnswers.ts";

type Schemas = components["schemas"];
type Delivery = Schemas["DeliveryShape"];

const sent = invoices.find(({ id }) => id === "inv-0206")!;

function deliveryOf({ id, number, account_id }: Invoice, n: number, more: Partial<Delivery> = {}): Delivery {
  const made: Delivery = {
    id: `del-${id}-${n}`, account_id, document_kind: "invoice", document_id: id, number: number!, channel: "email", status: "waiting", reason: "", answer: "", attempts: 0, automatic: false,
    resend_of: null, batch_id: null, asked_at: now, next_attempt_at: now, sent_at: null, ended_at: null, to: ["ann@example.org"], allowed_actions: [], ...more,
  };
  const isOpen = made.status === "waiting" || made.status === "sending";
  const mayBounce = made.channel === "email" && (made.status === "sent" || made.status === "unknown");
  return { ...made, allowed_actions: [{ action: "bounce", allowed: mayBounce, reason: mayBounce ? null : "only a mail comes back" }, { action: "resend", allowed: !isOpen, reason: isOpen ? `the delivery is ${made.status}` : null }, { action: "cancel", allowed: made.status === "waiting" || made.status === "unknown", reason: null }] };
}

const first = (): Delivery[] => [
  deliveryOf(sent, 1, { status: "bounced", reason: "550", answer: "5.1.1 no such user", attempts: 1, ended_at: now, next_attempt_at: null }),
  deliveryOf(sent, 2, { status: "unknown", reason: "no_outcome", answer: "the process that sent it has ended", attempts: 1, ended_at: now, next_attempt_at: null, resend_of: "del-inv-0206-1" }),
  deliveryOf(sent, 3, { channel: "webhook", status: "sent", reason: "200", attempts: 2, sent_at: now, ended_at: now, next_attempt_at: null, to: ["https://erp.example/invoices"] }),
  deliveryOf(sent, 4, { channel: "print", to: [] }),
];

let deliveries = first();

export function forgetDeliveries(): void {
  deliveries = first();
}

export async function delivered(request: Request, { resource, id, part, query }: Asked): Promise<Response | null> {
  const isPost = request.method === "POST";
  if (resource === "invoices" && part === "send" && isPost) {
    const invoice = invoices.find((one) => one.id === id)!;
    const body = (await request.json()) as Schemas["SendBody"];
    const made = deliveryOf(invoice, deliveries.length + 1, { channel: body.channels?.[0] ?? "email", to: body.to ?? ["ann@example.org"] });
    deliveries = [...deliveries, made];
    return Response.json({ deliveries: [made] } satisfies Schemas["SentShape"], { status: 201 });
  }
  if (resource === "print-batches" && isPost) {
    const taken = deliveries.filter(({ channel, status }) => channel === "print" && status === "waiting");
    deliveries = deliveries.map((one) => (taken.includes(one) ? deliveryOf(sent, 0, { ...one, status: "sent", batch_id: "batch-1", sent_at: now, next_attempt_at: null }) : one));
    return Response.json({ id: "batch-1", documents: taken.length, more: false, deliveries: taken } satisfies Schemas["PrintBatchShape"], { status: 201 });
  }
  if (resource !== "deliveries") return null;
  if (!id) {
    const among = (name: "status" | "channel" | "account_id" | "number") => (delivery: Delivery) => query.getAll(name).length === 0 || query.getAll(name).includes(delivery[name]);
    const of = query.get("invoice_id");
    return Response.json(pageOf(deliveries.filter(among("status")).filter(among("channel")).filter(among("account_id")).filter(among("number")).filter(({ document_id }) => of === null || document_id === of), query));
  }
  const known = deliveries.find((one) => one.id === id);
  if (!known) return Response.json({ title: "Not found", status: 404 }, { status: 404 });
  const invoice = invoices.find((one) => one.id === known.document_id)!;
  if (part === "resend" && isPost) {
    const made = deliveryOf(invoice, deliveries.length + 1, { channel: known.channel, to: known.to, resend_of: known.id });
    deliveries = [...deliveries, made];
    return Response.json({ ...made, attempts_made: [] }, { status: 201 });
  }
  if (part === "bounce" && isPost) {
    const { code, reason = "" } = (await request.json()) as Schemas["BounceBody"];
    deliveries = deliveries.map((one) => (one.id === id ? deliveryOf(invoice, 0, { ...one, status: "bounced", reason: code, answer: reason }) : one));
    return Response.json({ ...deliveries.find((one) => one.id === id)!, attempts_made: [] });
  }
  if (part === "cancel" && isPost) {
    deliveries = deliveries.map((one) => (one.id === id ? deliveryOf(invoice, 0, { ...one, status: "cancelled", next_attempt_at: null }) : one));
    return Response.json({ ...deliveries.find((one) => one.id === id)!, attempts_made: [] });
  }
  return Response.json({ ...known, attempts_made: [] });
}
