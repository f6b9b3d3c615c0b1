import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
import "../api/bodies.json";
import "../features/payments/collections/dialogs";
import "../features/payments/gateways/GatewayDrawer";
import "../features/payments/limits/CreditSettingsDialog";
import "../features/payments/settings/SettingsDialog";
import { showAt } from "../test/render";
import { server } from "../test/setup";
import "../ui/table/AntTable";
import "./pages/CollectionsPage";
import "./pages/GatewaysPage";
import "./pages/PaymentSettingsPage";

const first = { timeout: 45_000 };
const now = "2026-11-20T08:00:00Z";
const page = { total: 1, totals: [{ currency: "EUR", amount: "36.04" }], next_cursor: null, as_of: now };
const allowed = (...actions: string[]) => actions.map((action) => ({ action, allowed: true, reason: null }));
const collection = {
  id: "col-1", account_id: "acc-1", invoice_id: "inv-7", payment_method_id: "pm-1", gateway: "stripe", amount: { amount: "36.04", currency: "EUR" }, status: "waiting", attempts: 2, due_at: now, outcome: "failed", reference: "pi_1",
  code: "insufficient_funds", action_url: "", stopping: "", late: false, asked_at: now, moved_at: now, told_at: null, allowed_actions: allowed("retry", "stop"),
};
const gateway = { name: "stripe", configured: true, base_url: "", merchant: "", callback_url: "", path: "/v1/gateways/stripe/webhook", succeeded: 4, failed: 1, unanswered: 2, under_way: 1, told_at: now };
const settings = { allocation: "oldest_due", tolerances: { EUR: "0.05" }, adjustment_limits: { support: { EUR: "50.00" } }, refund_limits: {}, write_off_limits: {}, top_ups: { EUR: { minimum: null, maximum: "500.00" } }, collect: "on_due", retry_days: [1, 3, 5], fallback: true, abandon_hours: 24, version: 2, changed_at: now };

const asAdministrator = () => server.use(http.get("*/v1/session", () => HttpResponse.json({ email: "admin@demo.example", name: null, role: "admin", allowed: ["read", "write", "manage_access"] })));

test("what is collected is listed with its decline in words, and is tried now", async () => {
  const sent: string[] = [];
  server.use(
    http.get("*/v1/collections", () => HttpResponse.json({ ...page, items: [collection] })),
    http.post("*/v1/collections/col-1/retry", () => { sent.push("retry"); return HttpResponse.json(collection); }),
  );
  const { user } = showAt("/payments/collections");
  const row = await screen.findByRole("row", { name: /acc-1/ }, first);
  expect(row).toHaveTextContent("there is not enough money");
  await user.click(within(row).getByRole("button", { name: "Actions for the collection of acc-1" }));
  await user.click(await screen.findByRole("button", { name: "Try now" }));
  await user.click(within(await screen.findByRole("dialog", { name: "Try to collect now?" })).getByRole("button", { name: "Try now" }));
  await waitFor(() => expect(sent).toEqual(["retry"]));
});

test("money that came late is said to be late, and who may not be asked again is told why", async () => {
  server.use(http.get("*/v1/collections", () => HttpResponse.json({ ...page, items: [{ ...collection, status: "succeeded", outcome: "succeeded", late: true, allowed_actions: [] }] })));
  showAt("/payments/collections?status=late");
  expect(await screen.findByRole("row", { name: /acc-1/ }, first)).toHaveTextContent("its money came after it was over");
});

test("a gateway says how it does and is set up without its secrets", async () => {
  const bodies: unknown[] = [];
  asAdministrator();
  server.use(
    http.get("*/v1/gateways", () => HttpResponse.json({ items: [gateway] })),
    http.put("*/v1/gateways/stripe", async ({ request }) => { bodies.push(await request.json()); return HttpResponse.json(gateway); }),
  );
  const { user } = showAt("/settings/gateways");
  expect(await screen.findByText("Answers were lost", {}, first)).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "1" })).toHaveAttribute("href", "/payments/collections?gateway=stripe&status=failed");
  expect(screen.getByRole("link", { name: "Its collections" })).toHaveAttribute("href", "/payments/collections?gateway=stripe&status=all");
  await user.click(screen.getByRole("button", { name: "Set up stripe" }));
  // The drawer is another one once it knows its fields.
  const address = await screen.findByLabelText(/Our address from outside/, {}, first);
  const dialog = screen.getByRole("dialog", { name: "Set up stripe" });
  await user.type(address, "https://billing.northwind.example");
  await user.click(within(dialog).getByRole("button", { name: "Save" }));
  await waitFor(() => expect(bodies).toHaveLength(1));
  expect(bodies[0]).toMatchObject({ callback_url: "https://billing.northwind.example" });
  expect(bodies[0]).not.toHaveProperty("secret");
});

test("how payments are handled is shown and changed as a whole", async () => {
  const bodies: unknown[] = [];
  asAdministrator();
  server.use(
    http.get("*/v1/payment-settings", () => HttpResponse.json(settings)),
    http.put("*/v1/payment-settings", async ({ request }) => { bodies.push(await request.json()); return HttpResponse.json({ ...settings, version: 3 }); }),
  );
  const { user } = showAt("/settings/payments");
  expect(await screen.findByText("after 1, 3, 5 days", {}, first)).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Change" }));
  const days = await screen.findByLabelText(/Tried again after so many days/, {}, first);
  const dialog = screen.getByRole("dialog", { name: "Payments" });
  await user.clear(days);
  await user.type(days, "2 90");
  await user.click(within(dialog).getByRole("button", { name: "Save" }));
  expect(await within(dialog).findByText("From 1 to 60")).toBeInTheDocument();
  await user.clear(days);
  await user.click(within(dialog).getByRole("button", { name: "Save" }));
  await waitFor(() => expect(bodies).toHaveLength(1));
  expect(bodies[0]).toEqual({ allocation: "oldest_due", tolerances: { EUR: "0.05" }, adjustment_limits: { support: { EUR: "50.00" } }, top_ups: { EUR: { minimum: null, maximum: "500.00" } }, collect: "on_due", retry_days: [], fallback: true, abandon_hours: 24 });
});

test("credit settings are changed as a whole, and an emptied field is said to be empty", async () => {
  const bodies: unknown[] = [];
  const credit = { alerts: { EUR: ["20.00", "5.00"] }, earmarks: { EUR: "1.00" }, overdue_days_max: 7, write_to_customers: true, version: 2, changed_at: now };
  asAdministrator();
  server.use(
    http.get("*/v1/payment-settings", () => HttpResponse.json(settings)),
    http.get("*/v1/credit-settings", () => HttpResponse.json(credit)),
    http.put("*/v1/credit-settings", async ({ request }) => { bodies.push(await request.json()); return HttpResponse.json({ ...credit, version: 3 }); }),
  );
  const { user } = showAt("/settings/payments");
  await user.click(await screen.findByRole("button", { name: "Change credit and wallets" }, first));
  const days = await screen.findByLabelText(/Made prepaid when overdue/, {}, first);
  const dialog = screen.getByRole("dialog", { name: "Credit and wallets" });
  await user.clear(days);
  const alerts = within(dialog).getByRole("group", { name: /Told when so much/ });
  await user.click(within(alerts).getByRole("button", { name: "Add a row" }));
  await user.type(within(alerts).getByLabelText("Currency, row 3"), "eur");
  await user.type(within(alerts).getByLabelText("Amount, row 3"), "5.00");
  await user.click(within(dialog).getByRole("button", { name: "Save" }));
  expect(await within(alerts).findByText("Two rows say the same; one is enough")).toBeInTheDocument();
  await user.clear(within(alerts).getByLabelText("Amount, row 3"));
  await user.type(within(alerts).getByLabelText("Amount, row 3"), "2,50");
  await user.click(within(dialog).getByRole("button", { name: "Save" }));
  await waitFor(() => expect(bodies).toHaveLength(1));
  expect(bodies[0]).toEqual({ alerts: { EUR: ["20.00", "5.00", "2.50"] }, earmarks: { EUR: "1.00" }, overdue_days_max: null, write_to_customers: true });
});
