import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
import { answer } from "../../mock/answers";
import "../ui/table/AntTable";
import { setPreference } from "../lib/preferences";
import { showAt } from "../test/render";
import { server } from "../test/setup";

/** A stream that a test writes to; `opened` counts how often it was asked for. */
function stream() {
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  const asked: Headers[] = [];
  server.use(http.get("*/v1/stream", ({ request }) => {
    asked.push(request.headers);
    const body = new ReadableStream<Uint8Array>({ start: (opened) => {
      controller = opened;
      opened.enqueue(new TextEncoder().encode("retry: 2000\n\n"));
    } });
    return new HttpResponse(body, { headers: { "Content-Type": "text/event-stream" } });
  }));
  const send = (service: string, type: string, subject: string, version: number) => {
    const data = JSON.stringify({ id: `${service}-${version}`, type: `${service}.${type}.v1`, subject, version, service });
    controller?.enqueue(new TextEncoder().encode(`id: ${service}/1@${version}\nevent: ${service}.${type}.v1\ndata: ${data}\n\n`));
  };
  return { asked, send, end: () => controller?.close() };
}

/** How often each path was read. */
function reads() {
  const counts = new Map<string, number>();
  server.use(http.get("*/v1/*", ({ request }) => {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/v1/stream") return undefined;
    const key = searchParams.has("limit") && pathname === "/v1/invoices" ? "counts" : pathname;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    const signed = new Request(request);
    signed.headers.set("Cookie", "session=demo");
    return answer(signed);
  }));
  return counts;
}

/** Until the page has read all that it reads at first: what is counted from then on comes of an event. */
const isRead = ({ client }: Pick<ReturnType<typeof showAt>, "client">) => waitFor(() => expect(client.isFetching()).toBe(0));

test("it is called live only while the stream is open, and an event makes the overview be read again", async () => {
  const counts = reads();
  const { send, end } = stream();
  const shown = showAt("/");
  await screen.findByRole("button", { name: "Refresh: Live" });
  await screen.findByText("41 overdue invoices");
  await isRead(shown);
  const before = counts.get("/v1/overview") ?? 0;
  expect(before).toBeGreaterThan(0);
  send("usage", "BatchAccepted", "b-1", 1);
  await waitFor(() => expect(counts.get("/v1/overview")).toBe(before + 1));
  end();
  await screen.findByRole("button", { name: "Refresh: Every 60 seconds" });
});

test.each([404, 501, 422])("a server that answers the stream with %i is read at the reader's pace, and not asked again", async (status) => {
  let asked = 0;
  server.use(http.get("*/v1/stream", () => {
    asked += 1;
    return HttpResponse.json({ status, title: "Not here", errors: status === 422 ? [{ pointer: "", code: "unsupported", detail: "the live stream" }] : [] }, { status });
  }));
  showAt("/");
  await screen.findByText("41 overdue invoices");
  await screen.findByRole("button", { name: "Refresh: Every 60 seconds" });
  expect(asked).toBe(1);
  expect(screen.queryByRole("alert")).toBeNull();
});

test("a list does not move under the pointer: it says how much has changed, and is read when asked", async () => {
  const counts = reads();
  const { send } = stream();
  const { user, client } = showAt("/invoices?status=all&size=20");
  await screen.findByText("210 invoices");
  await screen.findByRole("button", { name: "Refresh: Live" });
  await isRead({ client });
  const before = counts.get("/v1/invoices") ?? 0;
  send("invoicing", "InvoiceDrafted", "inv-9001", 1);
  send("invoicing", "InvoiceIssued", "inv-9001", 1);
  send("payments", "PaymentRecorded", "pay-77", 1);
  const show = await screen.findByRole("button", { name: "2 changes – show" });
  expect(counts.get("/v1/invoices")).toBe(before);
  await user.click(show);
  await waitFor(() => expect(counts.get("/v1/invoices")).toBe(before + 1));
  await waitFor(() => expect(screen.queryByRole("button", { name: /changes – show/ })).toBeNull());
});

test("what the reader did is no news to them", async () => {
  const { send } = stream();
  const { user } = showAt("/invoices?status=draft");
  await screen.findByRole("button", { name: "Refresh: Live" });
  await user.click(await screen.findByRole("button", { name: "Actions for inv-0166" }));
  await user.click(within(screen.getByRole("group", { name: "Actions for inv-0166" })).getByRole("button", { name: "Issue" }));
  await user.click(within(await screen.findByRole("dialog", { name: "Issue this invoice?" })).getByRole("button", { name: "Issue" }));
  await screen.findByText("The invoice was issued");
  send("invoicing", "InvoiceIssued", "inv-0166", 1);
  send("invoicing", "InvoiceIssued", "inv-9001", 1);
  expect(await screen.findByRole("button", { name: "1 change – show" })).toBeInTheDocument();
});

test("a role that may not see the events does not ask for them", async () => {
  const { asked } = stream();
  server.use(http.get("*/v1/session", () => HttpResponse.json({ email: "support@demo.example", name: null, role: "support", allowed: ["read"] })));
  showAt("/");
  await screen.findByRole("button", { name: "Refresh: Every 60 seconds" });
  await screen.findByText("41 overdue invoices");
  expect(asked).toHaveLength(0);
});

test("who pauses the page has no stream", async () => {
  const { asked } = stream();
  setPreference("refresh_s", 0);
  showAt("/");
  await screen.findByRole("button", { name: "Refresh: Paused" });
  expect(asked).toHaveLength(0);
});

test("a stream that ends is taken up again after its last frame", async () => {
  const counts = reads();
  const { asked, send, end } = stream();
  const shown = showAt("/");
  await screen.findByRole("button", { name: "Refresh: Live" });
  await screen.findByText("41 overdue invoices");
  await isRead(shown);
  const before = counts.get("/v1/overview") ?? 0;
  send("usage", "BatchAccepted", "b-1", 7);
  // What the frame touches is read again: so it has been taken.
  await waitFor(() => expect(counts.get("/v1/overview")).toBe(before + 1));
  expect(asked).toHaveLength(1);
  end();
  await waitFor(() => expect(asked).toHaveLength(2));
  expect(asked[1]?.get("Last-Event-ID")).toBe("usage/1@7");
  await screen.findByRole("button", { name: "Refresh: Live" });
});
