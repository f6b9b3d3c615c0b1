import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
import { endpoints } from "../../mock/webhooks";
// A busy machine may take longer to read a page's code than a test waits.
import "../features/identity/webhooks/dialogs";
import "../ui/table/AntTable";
import "./pages/WebhookPage";
import "./pages/WebhooksPage";
import "./Shell";
import { showAt } from "../test/render";
import { sentTo } from "../test/sent";
import { server } from "../test/setup";

const asAdmin = () => server.use(http.get("*/v1/session", () => HttpResponse.json({ email: "admin@demo.example", name: null, role: "admin", allowed: ["read", "write", "manage_access"], second_factor: "off", recovery_codes: 0, scopes: [] })));

test("a webhook is made of picked events, and its secret is shown this once", async () => {
  asAdmin();
  const sent = sentTo("/v1/webhook-endpoints");
  const { user } = showAt("/settings/webhooks?create=1");
  const drawer = await screen.findByRole("dialog", { name: "New webhook" });
  await user.type(within(drawer).getByLabelText("Address"), "https://erp.example/hook");
  await user.type(within(drawer).getByLabelText("Find a type"), "issued");
  await user.click(await within(drawer).findByRole("checkbox", { name: "invoicing.InvoiceIssued.v1" }));
  await user.clear(within(drawer).getByLabelText("Find a type"));
  await user.click(within(drawer).getAllByRole("checkbox", { name: "All of these", hidden: true })[1]!);
  expect(within(drawer).getByRole("checkbox", { name: "payments.ReceivableOpened.v1", hidden: true })).toBeDisabled();
  await user.click(within(drawer).getByRole("button", { name: "New webhook" }));
  expect(await screen.findByText(/^whsec_/)).toBeInTheDocument();
  expect(sent.map(({ body }) => body)).toEqual([{ url: "https://erp.example/hook", description: "", events: ["invoicing.InvoiceIssued.v1", "payments.*"] }]);
});

test("the log of an endpoint shows what was answered, and one or all that failed are sent again", async () => {
  asAdmin();
  const [one, all] = [sentTo("/replay"), sentTo("/v1/webhook-deliveries/replay")];
  const { user } = showAt("/settings/webhooks/erp");
  const row = (await screen.findByText("HTTP 503")).closest("tr")!;
  await user.click(within(row).getByRole("button", { name: "Attempts" }));
  expect(await screen.findByText("<html>Service Unavailable</html>")).toBeInTheDocument();
  expect(screen.getByText("the process ended")).toBeInTheDocument();
  await user.click(within(row).getByRole("button", { name: "Send again" }));
  await user.click(screen.getByRole("button", { name: "Send all failed again" }));
  const dialog = await screen.findByRole("dialog", { name: "Send all failed deliveries again?" });
  await user.click(within(dialog).getByRole("button", { name: "Send all failed again" }));
  expect(one).toHaveLength(2);
  expect(all.map(({ body }) => body)).toEqual([{ endpoint_id: "erp", status: ["failed"], types: [] }]);
});

test("one that was switched off says why, and goes on from where it stopped", async () => {
  asAdmin();
  const sent = sentTo("/enable");
  const { user } = showAt("/settings/webhooks/old");
  expect(await screen.findByText("the receiver answered that it is gone (410)")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Enable" }));
  const dialog = await screen.findByRole("dialog", { name: "Enable" });
  await user.click(within(dialog).getByRole("button", { name: "Enable" }));
  await screen.findByText("The webhook is enabled");
  expect(sent.map(({ body }) => body)).toEqual([{ skip_missed: false }]);
  expect(endpoints).toHaveLength(3);
});
