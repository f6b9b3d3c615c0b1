import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
import { problem } from "../../../mock/answers";
import { startJob } from "../../../mock/kit";
import type { Call } from "../../lib/api";
import type { Job } from "../../lib/jobs";
import { showIn } from "../../test/render";
import { server } from "../../test/setup";
import "../table/AntTable";
import { ListPage } from "./ListPage";
import type { BulkScope, ListSpec } from "./spec";

interface Row {
  id: string;
}

interface Query {
  status?: string;
  q?: string;
  sort?: string;
  page: number;
  size: number;
}

const rows = Array.from({ length: 120 }, (_, index): Row => ({ id: `row-${index}` }));
const asked: Query[] = [];
const started: BulkScope<Query>[] = [];

const job = (): Promise<Call<Job>> => Promise.resolve({ data: startJob(2), response: new Response(null, { status: 202 }) });

/** A list of nothing in particular, with the words of the invoices. */
const spec: ListSpec<Row, { items: Row[]; total: number; as_of: string; totals: { currency: string; amount: string }[] }, Query, "invoices"> = {
  name: "things", words: "invoices", icon: "invoice",
  read: (query) => {
    asked.push(query);
    return Promise.resolve({ items: rows.slice(0, 20), total: query.status === "draft" ? 7 : rows.length, as_of: "2026-11-23T10:15:00Z", totals: [{ currency: "EUR", amount: "12.00" }, { currency: "GBP", amount: "3.00" }] });
  },
  tabs: [{ id: "all", query: {}, counted: true }, { id: "draft", query: { status: "draft" }, counted: true }, { id: "paid", query: { status: "paid" } }],
  filters: [{ kind: "text", name: "q", label: "invoices.search", max: 10 }, { kind: "choice", name: "method", label: "payment.method", options: [["card", "payment.method_card"]] }],
  columns: [{ id: "id", title: "invoice.id", render: ({ id }) => <a href={`#${id}`}>{id}</a> }],
  totals: [["amount", "invoices.total"]],
  actions: () => null,
  bulk: [{ id: "send", label: "invoice.issue", icon: "sent", consequence: "invoices.count", start: (scope) => { started.push(scope); return job(); } }],
  exported: { list: "things", formats: ["csv"] },
};

function show(path = "/things") {
  asked.length = started.length = 0;
  return showIn(<ListPage spec={spec} />, path);
}

test("a tab that is counted says how many, its own from the page and the others from a question of their own", async () => {
  show("/things?q=a");
  const tabs = await screen.findByRole("navigation", { name: "Invoices by state" });
  await waitFor(() => expect(within(tabs).getAllByRole("link").map((tab) => tab.textContent)).toEqual(["All 120", "Draft 7", "Paid"]));
  expect(asked.find((query) => query.status === "draft")).toEqual({ status: "draft", q: "a", limit: 1, sort: undefined });
});

test("totals are those of the answer, a currency a line, and a choice narrows", async () => {
  const { user, place } = show();
  expect(await screen.findByText("€12.00")).toBeInTheDocument();
  expect(screen.getByText("£3.00").closest("li")).not.toHaveTextContent("€");
  await user.selectOptions(screen.getByRole("combobox", { name: "Method" }), "Card");
  await waitFor(() => expect(asked.at(-1)).toMatchObject({ method: "card" }));
  expect(place.current).toBe("/things?method=card");
});

test("rows are chosen by click and by x, or all that match, and the server does the work on the filter", async () => {
  const { user } = show("/things?q=a");
  await user.click(await screen.findByRole("checkbox", { name: "Select row-1" }));
  await user.keyboard("j");
  screen.getByRole("link", { name: "row-3" }).focus();
  await user.keyboard("x");
  const bar = await screen.findByRole("toolbar", { name: "Actions on the selected rows" });
  expect(bar).toHaveTextContent("2 selected");
  await user.click(within(bar).getByRole("button", { name: "Select all 120" }));
  expect(bar).toHaveTextContent("120 selected");
  await user.click(within(bar).getByRole("button", { name: "Issue" }));
  const dialog = await screen.findByRole("dialog", { name: "Do this for all that is selected?" });
  const go = within(dialog).getByRole("button", { name: "Issue" });
  expect(go).toBeDisabled();
  await user.type(within(dialog).getByRole("textbox", { name: "Type 120 to confirm" }), "120");
  await user.click(go);
  const progress = await screen.findByRole("dialog", { name: "Work of the server" });
  expect(started).toEqual([{ filter: { q: "a", page: 1, size: 50 } }]);
  expect(await within(progress).findByRole("link", { name: "Download" })).toHaveAttribute("href", "/v1/report-jobs/job-1/download");
  expect(progress).toHaveTextContent("1 failureinv-0007The account is on hold");
});

test("another question begins with nothing selected", async () => {
  const { user } = show();
  await user.click(await screen.findByRole("checkbox", { name: "Select row-1" }));
  await screen.findByText("1 selected");
  await user.click(screen.getByRole("link", { name: /^Draft/ }));
  await waitFor(() => expect(screen.queryByText("1 selected")).toBeNull());
});

test("an export is a job of the server, whose file is offered when it is there", async () => {
  let sent: unknown;
  server.use(http.post("*/v1/report-jobs", async ({ request }) => {
    sent = await request.json();
    return HttpResponse.json(startJob(2), { status: 202 });
  }));
  const { user } = show("/things?status=draft&q=a b&page=3");
  await user.click(await screen.findByRole("button", { name: "Export" }));
  await user.click(screen.getByRole("button", { name: "CSV" }));
  expect(await screen.findByRole("link", { name: "Download" })).toBeInTheDocument();
  expect(sent).toEqual({ list: "things", query: "status=draft&q=a+b", language: "en", format: "csv" });
});

test("a view keeps the filters under a name, opens again and can be deleted", async () => {
  const { user, place } = show("/things?status=draft&q=a&page=2");
  await user.click(await screen.findByRole("button", { name: "Views" }));
  await user.type(screen.getByRole("textbox", { name: "Save what is shown as" }), "My drafts");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(place.current).toMatch(/view=view-1$/));
  await user.click(screen.getByRole("link", { name: /^All/ }));
  await user.click(await screen.findByRole("button", { name: "Views" }));
  await user.click(await screen.findByRole("link", { name: "My drafts" }));
  await waitFor(() => expect(place.current).toBe("/things?status=draft&q=a&view=view-1"));
  await user.click(await screen.findByRole("button", { name: "Views" }));
  await user.click(screen.getByRole("button", { name: "Delete the view My drafts" }));
  expect(await screen.findByText("The view was deleted")).toBeInTheDocument();
});

test.each([404, 501])("where the server answers %i there are no views", async (status) => {
  server.use(http.get("*/v1/saved-views", () => problem(status, "Not here")));
  show();
  await screen.findByText("120 invoices");
  expect(screen.queryByRole("button", { name: "Views" })).toBeNull();
});

test("a version that does not have views yet says so by its code", async () => {
  server.use(http.get("*/v1/saved-views", () => HttpResponse.json({ status: 422, title: "Unprocessable", errors: [{ pointer: "", code: "unsupported", detail: "saved views" }] }, { status: 422 })));
  show();
  await screen.findByText("120 invoices");
  expect(screen.queryByRole("button", { name: "Views" })).toBeNull();
});
