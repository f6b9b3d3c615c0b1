import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import "../ui/table/AntTable";
// Loaded before a test waits for them: a busy machine takes longer for it than a test waits.
import "../features/invoicing/runs/dialogs";
import "../features/invoicing/runs/RunDrawer";
import "./pages/BillingRunPage";
import "./pages/BillingRunsPage";
import { showAt } from "../test/render";
import { sentTo } from "../test/sent";

/** The first page of a file brings the whole shell with it. */
const first = { timeout: 45_000 };

test("runs are listed with what they are of, what they come to and what failed, those to confirm in a tab of their own", async () => {
  showAt("/billing-runs");
  const table = await screen.findByRole("table", { name: "Billing runs" }, first);
  expect((await within(table).findAllByText("Cycle Monthly on the 1st")).length).toBeGreaterThan(0);
  expect(within(table).getByRole("row", { name: /1 Dec 2026/ })).toHaveTextContent(/Cycle Monthly on the 1st.*Not confirmed.*Dry run.*66.*€2,914.20£311.04/);
  expect(within(table).getByRole("row", { name: /1 Nov 2026/ })).toHaveTextContent(/Completed.*Confirmed run.*63.*3/);
  expect(await screen.findByRole("link", { name: "To confirm 1" })).toBeInTheDocument();
});

test("a dry run shows its plans, what is unusual, what differs most, and the difference to the last run", async () => {
  showAt("/billing-runs/run-9");
  const plans = await screen.findByRole("table", { name: "By plan" });
  expect(within(plans).getAllByRole("row")[1]).toHaveTextContent(/62.*€2,188.10/);
  expect(within(plans).getByRole("row", { name: /Without a plan/ })).toHaveTextContent("€240.40");
  expect(screen.getByRole("region", { name: "Unusual" })).toHaveTextContent(/No usage, though there was some before 3 invoices.*and 1 more/);
  expect(await within(screen.getByRole("table", { name: /Differs most/ })).findByRole("link", { name: /0144$/ })).toHaveAttribute("href", "/invoices/inv-0144");
  const last = screen.getByRole("table", { name: "Against the last run" });
  expect(within(last).getByRole("row", { name: /EUR/ })).toHaveTextContent("+€112.20");
  expect(within(last).getByRole("row", { name: /GBP/ })).toHaveTextContent("−£8.96");
});

test("a dry run is confirmed with the number of its invoices typed, and the run that issues them opens", async () => {
  const sent = sentTo("/v1/billing-runs/run-9/confirm");
  const { user, place } = showAt("/billing-runs/run-9");
  await user.click(await screen.findByRole("button", { name: "Confirm and issue" }));
  const dialog = await screen.findByRole("dialog", { name: "Issue these invoices?" });
  const verb = within(dialog).getByRole("button", { name: "Confirm and issue" });
  expect(dialog).toHaveTextContent(/Invoices66.*€2,914.20£311.04/);
  expect(verb).toBeDisabled();
  await user.type(within(dialog).getByRole("textbox"), "66");
  await user.click(verb);
  await waitFor(() => expect(place.current).toBe("/billing-runs/run-8"));
  expect(sent.map(({ body, version }) => [body, version])).toEqual([[null, "3"]]);
});

test("what failed is grouped by its reason, and retried as a run of its own", async () => {
  const sent = sentTo("/v1/billing-runs/run-7/retry-failed");
  const { user, place } = showAt("/billing-runs/run-7?view=results&show=failed");
  const failures = await screen.findByRole("table", { name: "Failures by reason" });
  expect(within(failures).getByRole("row", { name: /No tax rate in force/ })).toHaveTextContent("2");
  const results = await screen.findByRole("table", { name: "Accounts" });
  expect(await within(results).findByRole("row", { name: /Brown & Sons/ })).toHaveTextContent("No tax rate in force");
  await user.click(screen.getByRole("button", { name: "Retry what failed" }));
  await user.click(within(await screen.findByRole("dialog", { name: "Retry the accounts that failed?" })).getByRole("button", { name: "Retry what failed" }));
  await waitFor(() => expect(place.current).toBe("/billing-runs/run-8"));
  expect(sent).toHaveLength(1);
});

test("a run that goes on is stopped, and tells what it comes to only once it is through", async () => {
  const sent = sentTo("/v1/billing-runs/run-8/cancel");
  const { user } = showAt("/billing-runs/run-8");
  expect(await screen.findByText("It is told once the run is through.")).toBeInTheDocument();
  expect(screen.getByRole("progressbar", { name: "Progress" })).toHaveAttribute("value", "1");
  expect(screen.queryByRole("button", { name: "Confirm and issue" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Stop the run" }));
  await user.click(within(await screen.findByRole("dialog", { name: "Stop this run?" })).getByRole("button", { name: "Stop the run" }));
  expect(await screen.findByText("The run is stopped")).toBeInTheDocument();
  expect(sent.map(({ version }) => version)).toEqual(["3"]);
});

test("each account of a run says what became of it: left for the next invoice, on hold, still open", async () => {
  const { user } = showAt("/billing-runs/run-9?view=results");
  expect(await screen.findByRole("link", { name: "MTR-2026-00141" })).toHaveAttribute("href", "/invoices/inv-0141");
  await user.click(screen.getByRole("link", { name: "Left for the next 1" }));
  expect(await screen.findByText("Below the minimum")).toBeInTheDocument();
  await user.click(screen.getByRole("link", { name: "On hold 1" }));
  expect(await screen.findByText("A dispute about the September bill")).toBeInTheDocument();
  await user.click(screen.getByRole("link", { name: "Still open 2" }));
  expect(await screen.findByText("Its period is still open")).toBeInTheDocument();
});

test("billing is run as a dry run unless said otherwise, with which invoices wait for the next one", async () => {
  const sent = sentTo("/v1/billing-runs");
  const { user, place } = showAt("/billing-runs?create=1");
  const date = await screen.findByLabelText("Periods that ended on or before");
  const drawer = screen.getByRole("dialog", { name: "Run billing" });
  expect(within(drawer).getByRole("checkbox", { name: /^Dry run/ })).toBeChecked();
  await user.type(date, "2026-12-01");
  await user.click(within(drawer).getByRole("button", { name: "Begin" }));
  expect(await within(drawer).findByText("Give a cycle or accounts.")).toBeInTheDocument();
  await user.click(within(drawer).getByRole("combobox", { name: "A billing cycle" }));
  await user.click((await within(drawer).findAllByRole("option"))[0]!);
  await user.selectOptions(within(drawer).getByRole("combobox", { name: /^Invoices of 0.00/ }), "Leave them for the next invoice");
  await user.click(within(drawer).getByRole("button", { name: "Begin" }));
  await waitFor(() => expect(place.current).toBe("/billing-runs/run-9"));
  const body = sent.at(-1)?.body as { scope: { cycle_id: string } };
  expect(body).toEqual({ scope: { cycle_id: body.scope.cycle_id }, target_date: "2026-12-01", dry_run: true, policy: { zero_invoices: "skip" } });
});
