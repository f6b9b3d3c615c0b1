import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
import "../api/bodies.json";
import "../features/reporting/mails/dialogs";
import "../features/reporting/reports/ScheduleDrawer";
import { mailList } from "../features/reporting/mails/mailList";
import { SchedulesView } from "../features/reporting/reports/SchedulesView";
import { showIn } from "../test/render";
import { server } from "../test/setup";
import { ListPage } from "../ui/list/ListPage";

const first = { timeout: 10_000 };

test("a mail of which nobody knows is sent again after a word of caution", async () => {
  const sent: string[] = [];
  server.use(http.post("*/v1/mails/:id/resend", ({ params }) => { sent.push(String(params["id"])); return HttpResponse.json({}); }));
  const { user } = showIn(<ListPage spec={mailList} />);
  expect(await screen.findByText("the process that sent it has ended", undefined, first)).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Actions for the mail to bob@op.example" }));
  await user.click(await screen.findByRole("menuitem", { name: "Send again" }).catch(() => screen.findByRole("button", { name: "Send again" })));
  const dialog = await screen.findByRole("dialog", { name: "Send this mail again?" }, first);
  expect(dialog).toHaveTextContent("it may have arrived");
  await user.click(within(dialog).getByRole("button", { name: "Send again" }));
  await waitFor(() => expect(sent).toEqual(["reporting-2-1"]));
});

test("a schedule is changed as the version that was read, and keeps its language", async () => {
  const sent: unknown[] = [];
  server.use(http.put("*/v1/report-schedules/sched-1", async ({ request }) => { sent.push(request.headers.get("If-Match"), await request.json()); return HttpResponse.json({}); }));
  const { user } = showIn(<SchedulesView />);
  await user.click((await screen.findAllByRole("link", { name: "Change" }, first))[0]!);
  // The drawer is another one once it knows its fields.
  const name = await screen.findByDisplayValue("Revenue for the board", undefined, first);
  const drawer = screen.getByRole("dialog", { name: "Change Revenue for the board" });
  await user.clear(name);
  await user.type(name, "Board");
  await user.click(within(drawer).getByRole("button", { name: "Save" }));
  await waitFor(() => expect(sent).toMatchObject(["1", { name: "Board", report: "revenue", frequency: "month", day_of_month: 1, language: "en", recipients: ["ann@op.example"] }]));
});
