import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
// Loaded before a test waits for them: a busy machine takes longer for it than a test waits.
import "../api/bodies.json";
import "../features/payments/dunning/BulkPauseDialog";
import "../ui/list/BulkBar";
import "../ui/table/AntTable";
import "./pages/DunningPage";
import { showAt } from "../test/render";
import { server } from "../test/setup";

const first = { timeout: 45_000 };
const refused = Array.from({ length: 21 }, (_, n) => ({ id: `dun-${n + 1}`, code: "dunning_paused", detail: `case dun-${n + 1} is paused already` }));
const job = { id: "payments-1", kind: "dunning-pause", owner: "user:u1", created_at: "2026-11-20T08:00:00Z", finished_at: "2026-11-20T08:00:02Z", status: "done", done: 1263, failed: 21, total: 1284, failures: refused, result_url: null, allowed_actions: [] };

test("all that the filter finds are paused as a job, and each refusal is told", async () => {
  const bodies: unknown[] = [];
  server.use(
    http.post("*/v1/dunning/pause-jobs", async ({ request }) => { bodies.push(await request.json()); return HttpResponse.json(job, { status: 202 }); }),
    http.get("*/v1/jobs/payments-1", () => HttpResponse.json(job)),
  );
  const { user } = showAt("/dunning?status=all");
  const table = await screen.findByRole("table", {}, first);
  await user.click((await within(table).findAllByRole("checkbox", {}, first))[0]!);
  const bar = await screen.findByRole("toolbar", { name: "Actions on the selected rows" });
  const all = within(bar).queryByRole("button", { name: /Select all/ });
  if (all) await user.click(all);
  await user.click(within(bar).getByRole("button", { name: "Pause dunning" }));
  await user.type(await screen.findByLabelText(/Why/, {}, first), "the bank is late");
  await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Pause" }));
  const shown = await screen.findByRole("table", { name: /21/ }, first);
  expect(bodies).toEqual([{ reason: "the bank is late", query: expect.stringContaining("sort=") as unknown }]);
  expect(within(shown).queryByText("case dun-21 is paused already")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Show all 21" }));
  expect(screen.getByText("case dun-21 is paused already")).toBeInTheDocument();
});
