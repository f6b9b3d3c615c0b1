import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
import { problem } from "../../mock/answers";
import { overview } from "../../mock/overview";
import { setPreference } from "../lib/preferences";
import { showAt } from "../test/render";
import { server } from "../test/setup";

test("currencies stand beside each other and are never added", async () => {
  showAt("/");
  const card = (await screen.findByText("€2,914.37")).closest("article")!;
  expect(within(card).getByText("£388.10")).toBeInTheDocument();
  expect(card).toHaveTextContent("Oct €2,688.02");
});

test("what stands is compared with the end of the month before, what flows is not compared with a whole month", async () => {
  showAt("/");
  const figure = async (name: string) => (await screen.findByRole("heading", { name })).closest("article")!;
  await screen.findByText("€2,914.37");
  expect(await figure("Outstanding")).toHaveTextContent(/[+−][\d.]+%/);
  expect(await figure("Collected this month")).not.toHaveTextContent("%");
});

test("what waits comes first by gravity and leads to its list", async () => {
  showAt("/");
  const strip = await screen.findByRole("region", { name: "Waiting for you" });
  const items = await within(strip).findAllByRole("listitem");
  expect(items.map((item) => item.textContent)).toEqual(["Error: 1 dead letter", "Warning: 41 overdue invoices", "Warning: 17 usage records in quarantine"]);
  expect(within(strip).getByRole("link", { name: /41 overdue/ })).toHaveAttribute("href", "/invoices?status=overdue");
});

test("a block that fails says so with its trace id, and the others stand", async () => {
  server.use(http.get("*/v1/reports/kpis", () => problem(500, "Reporting is away")));
  showAt("/");
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent("Reporting is away");
  expect(alert).toHaveTextContent("4bf92f3577b34da6a3ce929d0e0e4736");
  expect(await screen.findByRole("region", { name: "Services" })).toHaveTextContent("invoicing");
});

test("a role without access is told so and not offered a retry", async () => {
  server.use(http.get("*/v1/health/services", () => problem(403, "Forbidden")));
  showAt("/");
  expect(await screen.findByText("This is not open to your role")).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Retry" })).toBeNull();
});

test("who may not audit sees the overview without the events, and they are not asked for", async () => {
  const asked: string[] = [];
  server.use(
    http.get("*/v1/session", () => HttpResponse.json({ email: "support@demo.example", name: null, role: "support", allowed: ["read", "personal_data"] })),
    http.get("*/v1/events", ({ request }) => {
      asked.push(request.url);
      return problem(403, "Forbidden");
    }),
  );
  showAt("/");
  await screen.findByText("41 overdue invoices");
  expect(screen.queryByRole("region", { name: "Recent events" })).toBeNull();
  expect(asked).toEqual([]);
});

test("a new house shows its first steps until all are done", async () => {
  server.use(http.get("*/v1/overview", () => HttpResponse.json({ ...overview(), checklist: [{ step: "plan", done: true }, { step: "account", done: false }] })));
  showAt("/");
  const steps = await screen.findByRole("region", { name: "To the first invoice" });
  expect(steps).toHaveTextContent("2 of 3");
  expect(within(steps).getByText("Open an account", { exact: false })).toBeInTheDocument();
});

test("every word of the page is in the catalogue, and the page runs from right to left in a language that does", async () => {
  setPreference("language", "en-XB");
  showAt("/");
  expect(await screen.findByRole("heading", { level: 1 })).toHaveTextContent("Övéŕvĩéŵ~~~");
  expect(document.documentElement.dir).toBe("rtl");
  const headings = (await screen.findAllByRole("heading")).map((heading) => heading.textContent ?? "");
  expect(headings.filter((text) => !text.includes("~"))).toEqual([]);
});

test("what happened is asked for without who only read something", async () => {
  const asked: URLSearchParams[] = [];
  server.use(http.get("*/v1/events", ({ request }) => {
    asked.push(new URL(request.url).searchParams);
    return HttpResponse.json({ items: [], total: 0, next_cursor: null, as_of: "2026-11-23T10:15:00Z" });
  }));
  showAt("/");
  await screen.findByRole("region", { name: "Recent events" });
  await waitFor(() => expect(asked).not.toEqual([]));
  expect(asked[0]?.getAll("topic")).toEqual(["usage", "rating", "invoicing", "payments", "identity"]);
});

test("the demo says that it is one, and what may be tried", async () => {
  const session = { email: "admin@demo.example", name: null, role: "admin", allowed: ["read", "write"], demo: true };
  server.use(http.get("*/v1/session", () => HttpResponse.json(session)));
  showAt("/");
  expect(await screen.findByTitle("Everything here is made up")).toHaveTextContent("Demo");
  expect(await screen.findByText(/nothing can go wrong/)).toBeInTheDocument();
});

test("an installation of one's own is not called a demo", async () => {
  showAt("/");
  await screen.findByText("41 overdue invoices");
  expect(screen.queryByTitle("Everything here is made up")).toBeNull();
});
