import { act, screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { afterEach, expect, test, vi } from "vitest";
import { problem } from "../../mock/answers";
import { readiness } from "../../mock/overview";
import { showAt } from "../test/render";
import { server } from "../test/setup";

const never = () => new Promise<never>(() => undefined);

afterEach(() => vi.restoreAllMocks());

/** Stands between the console and its patience: `end()` is when the time of all that was asked is over. */
function patience() {
  const given: AbortController[] = [];
  const limits: number[] = [];
  vi.spyOn(AbortSignal, "timeout").mockImplementation((limit_ms) => {
    limits.push(limit_ms);
    given.push(new AbortController());
    return given.at(-1)!.signal;
  });
  return { limits, end: () => act(() => given.splice(0).forEach((one) => one.abort(new DOMException("time", "TimeoutError")))) };
}

test("a page whose server stands still is not blank: it waits, and within seconds says that nothing came", async () => {
  const { limits, end } = patience();
  server.use(http.get("*/v1/session", never));
  showAt("/invoices");
  expect(await screen.findByText("Waiting for the server…")).toBeInTheDocument();
  await waitFor(() => expect(limits.length).toBeGreaterThan(0));
  expect(Math.max(...limits)).toBeLessThanOrEqual(8_000);
  await end();
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent("The server did not answer in time");
  expect(within(alert).getByRole("button", { name: "Retry" })).toBeInTheDocument();
});

test("a page that waited for its server goes on by itself when it is back", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"], shouldAdvanceTime: true });
  server.use(http.get("*/v1/session", () => problem(503, "Reporting is away")));
  showAt("/");
  expect(await screen.findByRole("alert")).toHaveTextContent("Reporting is away");
  server.resetHandlers();
  await act(() => vi.advanceTimersByTimeAsync(5_000));
  expect(await screen.findByText("41 overdue invoices")).toBeInTheDocument();
  vi.useRealTimers();
});

test("a service that the entry finds silent is named at once, whatever was read of it before", async () => {
  const { services } = readiness();
  server.use(http.get("*/readyz", () => HttpResponse.json({ ready: false, services: { ...services, rating: { ready: false, detail: "rating did not answer" } } }, { status: 503 })));
  showAt("/");
  expect(await screen.findByRole("button", { name: "Refresh: Not ready: rating" })).toBeInTheDocument();
  const row = (await screen.findByRole("rowheader", { name: /^rating/ })).closest("tr")!;
  await waitFor(() => expect(row).toHaveTextContent("Not ready"));
  expect((await screen.findByRole("rowheader", { name: /^usage/ })).closest("tr")).toHaveTextContent("Ready");
});

test("when nothing answers any more no service is called ready, and the page says since when it stands", async () => {
  const { user } = showAt("/");
  await screen.findByText("41 overdue invoices");
  await screen.findByRole("button", { name: "Refresh: Every 60 seconds" });
  server.use(http.get("*/readyz", () => HttpResponse.error()), http.get("*/v1/*", () => HttpResponse.error()));
  await user.keyboard("r");
  const fresh = await screen.findByRole("button", { name: "Refresh: Reconnecting" });
  const grid = await screen.findByRole("region", { name: "Services" });
  await waitFor(() => expect(grid).toHaveTextContent("Not updated since"));
  expect(within(grid).getAllByText("Unknown")).toHaveLength(5);
  await user.click(fresh);
  expect(screen.getByText(/Nothing could be read since/)).toHaveTextContent(/\d{2}:\d{2}:\d{2}/);
});
