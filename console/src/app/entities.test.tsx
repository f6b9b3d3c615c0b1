import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
// A busy machine may take longer to read a page's code than a test waits.
import "../api/bodies.json";
import "../features/invoicing/entities/dialogs";
import "../ui/table/AntTable";
import "./pages/LegalEntitiesPage";
import "./Shell";
import { showAt } from "../test/render";
import { server } from "../test/setup";

const page = { total: 1, totals: [], next_cursor: null, as_of: "2026-11-20T08:00:00Z" };
const entity = {
  id: "nl", name: "Northwind Nederland B.V.", address: ["Damrak 1", "1012 LG Amsterdam"], tax_id: "", payment_details: [], street: "Damrak 1", postal_code: "1012 LG", city: "Amsterdam", region: "", country: "NL",
  vat_id: "NL004495445B01", registration_id: "", electronic_address: "", iban: "NL91ABNA0417164300", bic: "", email: "", phone: "",
  tax: { place: null, consumer_country: true, evidence_needed: 2, registrations: [] }, series: { invoice: "LE-nl", credit_note: "LEC-nl", debit_note: "LED-nl" },
  version: 3, accounts: 12, documents: 40, defined_at: "2026-11-01T08:00:00Z",
  allowed_actions: [{ action: "update", allowed: true, reason: null }, { action: "delete", allowed: false, reason: "nl can't be deleted: it bills 12 accounts" }],
};

function sentTo(path: string, body: object) {
  const sent: { method: string; body: unknown; version: string | null }[] = [];
  server.use(http.all(path, async ({ request }) => {
    if (request.method !== "GET") sent.push({ method: request.method, body: await request.json(), version: request.headers.get("If-Match") });
    return HttpResponse.json(body);
  }));
  return sent;
}

test("an administrator makes a legal entity with what its documents print", async () => {
  server.use(http.get("*/v1/session", () => HttpResponse.json({ email: "admin@demo.example", name: null, role: "admin", allowed: ["read", "write", "manage_access"] })));
  const sent = sentTo("*/v1/legal-entities", { ...page, items: [entity] });
  const { user } = showAt("/settings/legal-entities?create=1");
  // The drawer is another one once it knows its fields.
  const name = await screen.findByRole("textbox", { name: "Name" });
  const drawer = screen.getByRole("dialog", { name: "New legal entity" });
  await user.type(name, "Northwind GmbH");
  await user.type(within(drawer).getByLabelText(/^Country/), "DE");
  await user.type(within(drawer).getByLabelText(/^Address as/), "Unter den Linden 1\n10117 Berlin");
  await user.click(within(drawer).getByRole("button", { name: "New legal entity" }));
  await waitFor(() => expect(sent.map(({ body }) => body)).toMatchObject([{ name: "Northwind GmbH", country: "DE", address: ["Unter den Linden 1", "10117 Berlin"] }]));
});

test("one is changed as a whole for the version that was read, and one that bills customers can't be deleted", async () => {
  server.use(http.get("*/v1/legal-entities", () => HttpResponse.json({ ...page, items: [entity] })));
  const sent = sentTo("*/v1/legal-entities/nl", entity);
  const { user } = showAt("/settings/legal-entities");
  expect(await screen.findByText("LE-nl")).toBeInTheDocument();
  await user.click(await screen.findByRole("button", { name: "Actions for Northwind Nederland B.V." }));
  expect(screen.getByRole("button", { name: /^Delete/ })).toBeDisabled();
  await user.click(screen.getByRole("button", { name: "Edit" }));
  const city = await screen.findByLabelText(/^City/);
  const drawer = screen.getByRole("dialog", { name: "Edit" });
  await user.clear(city);
  await user.type(city, "Utrecht");
  await user.click(within(drawer).getByRole("button", { name: "Edit" }));
  await waitFor(() => expect(sent).toMatchObject([{ method: "PUT", version: "3", body: { name: entity.name, city: "Utrecht", address: entity.address, vat_id: entity.vat_id, series: entity.series } }]));
});
