import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import "../ui/table/AntTable";
// Loaded before a test waits for them: a busy machine takes longer for it than a test waits.
import "./pages/ResourcesPage";
import { showAt } from "../test/render";
import { server } from "../test/setup";

/** The first page of a file brings the whole shell with it. */
const first = { timeout: 45_000 };

test("who had an address at a moment is asked beside the resources, and told with the prefix that it came through", async () => {
  const asked: (string | null)[] = [];
  server.events.on("request:start", ({ request }) => {
    const url = new URL(request.url);
    if (url.pathname === "/v1/resource-holder") asked.push(url.searchParams.get("at"));
  });
  const { user } = showAt("/usage/resources");
  await user.type(await screen.findByLabelText("Address, number or other resource", {}, first), "ip:192.0.2.7");
  expect(await screen.findByText("Through the prefix ip:192.0.2.0/24.")).toBeInTheDocument();
  expect(within(await screen.findByRole("table", { name: "Everybody who had it" })).getAllByRole("row")).toHaveLength(2);
  await user.type(screen.getByLabelText(/^At this moment/), "2026-05-01T10:00");
  expect(await screen.findByText("Nobody had ip:192.0.2.7 at that moment.")).toBeInTheDocument();
  server.events.removeAllListeners();
  expect(asked.at(-1)).toMatch(/^2026-05-01T\d\d:00:00Z$/);
});
