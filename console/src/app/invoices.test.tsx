import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
import { answer, problem } from "../../mock/answers";
// Read at once: a test must not wait for the largest module of the console.
import "../ui/table/AntTable";
import { showAt } from "../test/render";
import { server } from "../test/setup";

/** The queries that the list sent for its rows, in order; not those that count the other tabs. */
function asked(): string[] {
  const queries: string[] = [];
  server.use(http.get("*/v1/invoices", ({ request }) => {
    const { searchParams } = new URL(request.url);
    if (!searchParams.has("limit")) queries.push(searchParams.toString());
    const signed = new Request(request);
    signed.headers.set("Cookie", "session=demo");
    return answer(signed);
  }));
  return queries;
}

test("the list opens on what is outstanding, with its totals per currency", async () => {
  const queries = asked();
  showAt("/invoices");
  expect(await screen.findByText(/^\d+ invoices$/)).toBeInTheDocument();
  expect(queries[0]).toBe("status=issued&payment_status=unpaid&payment_status=partially_paid&sort=due_on&page=1&size=50");
  const table = await screen.findByRole("table", { name: "Invoices" });
  expect(within(table).getAllByRole("rowheader").length).toBeGreaterThan(5);
});

test("a sorted column, a page and a tab are in the URL and in the question", async () => {
  const queries = asked();
  const { user, place } = showAt("/invoices?status=all&size=20");
  await screen.findByText("1–20 of 210");
  await user.click(screen.getByRole("button", { name: "Due on" }));
  await waitFor(() => expect(place.current).toBe("/invoices?status=all&size=20&sort=due_on"));
  expect(screen.getByRole("columnheader", { name: "Due on" })).toHaveAttribute("aria-sort", "ascending");
  await user.click(screen.getByRole("button", { name: "Next page" }));
  await screen.findByText("21–40 of 210");
  expect(queries.at(-1)).toBe("sort=due_on&page=2&size=20");
  await user.click(screen.getByRole("link", { name: "Paid" }));
  await waitFor(() => expect(place.current).toBe("/invoices?status=paid&size=20&sort=due_on"));
});

test("typing narrows the list once the hand rests, and an empty answer offers the way back", async () => {
  const queries = asked();
  const { user, place } = showAt("/invoices?status=all&size=20");
  await user.type(await screen.findByRole("searchbox"), "zzz");
  expect(await screen.findByText("No invoice matches the filters")).toBeInTheDocument();
  expect(queries.filter((query) => query.includes("q="))).toEqual(["sort=-number&q=zzz&page=1&size=20"]);
  await user.click(screen.getByRole("button", { name: "Clear the filters" }));
  await waitFor(() => expect(place.current).toBe("/invoices?status=all&size=20"));
});

test("a page beyond the end of the list is its last page, and not an empty list", async () => {
  asked();
  const { place } = showAt("/invoices?status=all&size=20&page=99");
  await screen.findByText("201–210 of 210");
  expect(place.current).toBe("/invoices?status=all&size=20&page=11");
});

test("a filter that says nothing is named and cleared, and the list is not asked for more than was meant", async () => {
  const queries = asked();
  const { user, place } = showAt("/invoices?status=all&size=20&from=2026-13-45&q=cust");
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent("from=2026-13-45");
  expect(queries).toEqual([]);
  await user.click(within(alert).getByRole("button", { name: "Clear" }));
  expect(await screen.findByText("1–20 of 210")).toBeInTheDocument();
  expect(place.current).toBe("/invoices?status=all&size=20");
});

test("what the API refuses of a filter is told in its words, with the same way out", async () => {
  const refusal = { status: 422, title: "Unprocessable Content", errors: [{ pointer: "/q", code: "invalid", detail: "q may not hold a NUL" }] };
  server.use(http.get("*/v1/invoices", ({ request }) => (new URL(request.url).searchParams.has("q") ? HttpResponse.json(refusal, { status: 422 }) : undefined)));
  const { user } = showAt("/invoices?status=all&size=20&q=x");
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent("q may not hold a NUL");
  await user.click(within(alert).getByRole("button", { name: "Clear" }));
  expect(await screen.findByText("1–20 of 210")).toBeInTheDocument();
});

test("the last page has no next one, and a list that becomes shorter leaves nobody behind its end", async () => {
  let total = 41;
  server.use(http.get("*/v1/invoices", async ({ request }) => {
    const signed = new Request(request);
    signed.headers.set("Cookie", "session=demo");
    const page = await (await answer(signed)).json() as { items: unknown[] };
    const at = Number(new URL(request.url).searchParams.get("page"));
    return HttpResponse.json({ ...page, total, items: page.items.slice(0, Math.max(0, Math.min(20, total - 20 * (at - 1)))) });
  }));
  const { user, place } = showAt("/invoices?status=all&size=20&page=2");
  await screen.findByText("21–40 of 41");
  total = 40;
  await user.click(screen.getByRole("button", { name: "Next page" }));
  await waitFor(() => expect(place.current).toBe("/invoices?status=all&size=20&page=2"));
  expect(await screen.findByText("21–40 of 40")).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Next page" })).toBeDisabled();
});

test("a hidden column leaves the table, the URL remembers it", async () => {
  const { user, place } = showAt("/invoices?status=all&size=20");
  await screen.findByRole("columnheader", { name: "Days overdue" });
  await user.click(screen.getByRole("button", { name: "Columns" }));
  await user.click(screen.getByRole("checkbox", { name: "Days overdue" }));
  await waitFor(() => expect(screen.queryByRole("columnheader", { name: "Days overdue" })).toBeNull());
  expect(place.current).toContain("cols=number%2Cstatus%2Cpayment");
});

test("j and k walk through the rows by their links", async () => {
  const { user } = showAt("/invoices?status=all&size=20");
  await screen.findByText("1–20 of 210");
  const links = screen.getAllByRole("rowheader").map((row) => within(row).getByRole("link"));
  await user.keyboard("jj");
  expect(links[1]).toHaveFocus();
  await user.keyboard("k");
  expect(links[0]).toHaveFocus();
});

test("a list that can't be read offers Retry and reads again", async () => {
  server.use(http.get("*/v1/invoices", () => problem(503, "Reporting is catching up"), { once: true }));
  const { user } = showAt("/invoices?status=all");
  await user.click(await screen.findByRole("button", { name: "Retry" }));
  expect(await screen.findByText("210 invoices")).toBeInTheDocument();
});

test("an invoice that is locked and has no number yet is not called issued", async () => {
  server.use(http.post("*/v1/invoices/:id/issue", ({ params }) => HttpResponse.json({ id: params["id"], status: "locked" })));
  const { user } = showAt("/invoices?status=draft");
  await user.click(await screen.findByRole("button", { name: "Actions for inv-0144" }));
  await user.click(within(screen.getByRole("group", { name: "Actions for inv-0144" })).getByRole("button", { name: "Issue" }));
  const dialog = await screen.findByRole("dialog", { name: "Issue this invoice?" });
  await user.click(within(dialog).getByRole("button", { name: "Issue" }));
  expect(await within(dialog).findByRole("alert")).toHaveTextContent("It is not known yet");
  expect(screen.queryByText("The invoice was issued")).toBeNull();
});

test("an action that is not allowed is shown with its reason, one that is allowed asks first and is sent once", async () => {
  const commands: Request[] = [];
  server.use(http.post("*/v1/invoices/:id/issue", ({ request }) => {
    commands.push(request);
    return undefined;
  }));
  const { user } = showAt("/invoices?status=draft");
  await user.click(await screen.findByRole("button", { name: "Actions for inv-0155" }));
  const blocked = within(screen.getByRole("group", { name: "Actions for inv-0155" })).getByRole("button", { name: /^Issue/ });
  expect(blocked).toBeDisabled();
  expect(blocked).toHaveTextContent("it waits for an approval");
  await user.keyboard("{Escape}");
  await user.click(screen.getByRole("button", { name: "Actions for inv-0144" }));
  await user.click(within(screen.getByRole("group", { name: "Actions for inv-0144" })).getByRole("button", { name: "Issue" }));
  const dialog = await screen.findByRole("dialog", { name: "Issue this invoice?" });
  await user.click(within(dialog).getByRole("button", { name: "Issue" }));
  expect(await screen.findByText("The invoice was issued")).toBeInTheDocument();
  expect(commands).toHaveLength(1);
  expect(commands[0]!.headers.get("Idempotency-Key")).toMatch(/^[0-9a-f-]{36}$/);
  expect(commands[0]!.headers.get("If-Match")).toBe("1");
});
