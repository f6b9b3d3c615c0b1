import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
import "../ui/table/AntTable";
// Loaded before a test waits for them: a busy machine takes longer for it than a test waits.
import "../features/usage/files/CancelDialog";
import "../features/usage/files/UploadDrawer";
import "./pages/FilePage";
import "./pages/FilesPage";
import { showAt } from "../test/render";
import { server } from "../test/setup";

/** The first page of a file brings the whole shell with it. */
const first = { timeout: 45_000 };

const csv = () => new File(["id,quantity\nr1,7\n"], "monday.csv", { type: "text/csv" });

test("files are listed with what was counted, what waits and what was refused", async () => {
  showAt("/usage/files");
  const table = await screen.findByRole("table", { name: "Files of usage" }, first);
  const row = await within(table).findByRole("row", { name: /olt-7-2026-11-23.csv/ });
  expect(row).toHaveTextContent(/Done.*2,476.*21.*2/);
  expect(within(row).getByRole("link", { name: "21" })).toHaveAttribute("href", "/usage/quarantine?batch_id=usage-file-2");
});

test("a file that is dropped is sent with its source and kind, and its page opens", async () => {
  const asked: URL[] = [];
  server.use(http.post("*/v1/usage/files", async ({ request }) => {
    asked.push(new URL(request.url));
    expect((await request.arrayBuffer()).byteLength).toBe(17);
    return HttpResponse.json({ id: "usage-file-2", status: "queued" }, { status: 202 });
  }));
  const { user, place } = showAt("/usage/files?create=1");
  const drawer = await screen.findByRole("dialog", { name: "Send a file" });
  await user.click(within(drawer).getByRole("button", { name: "Send" }));
  expect(within(drawer).getByText("Choose a file first")).toBeInTheDocument();
  expect(asked).toEqual([]);
  fireEvent.drop(within(drawer).getByRole("group", { name: "The file" }), { dataTransfer: { files: [csv()] } });
  await user.type(within(drawer).getByLabelText("Source"), "olt-1");
  await user.click(within(drawer).getByRole("button", { name: "Send" }));
  await waitFor(() => expect(place.current).toBe("/usage/files/usage-file-2"));
  expect(Object.fromEntries(asked[0]!.searchParams)).toEqual({ source: "olt-1", format: "csv", name: "monday.csv" });
  expect(await screen.findByText("The file is sent and will be read")).toBeInTheDocument();
});

test("a file that is refused says why, and stays in the form", async () => {
  server.use(http.post("*/v1/usage/files", () => HttpResponse.json({ title: "Refused", status: 422, detail: "the file is empty", errors: [{ pointer: "", code: "no_records", detail: "the file is empty" }] }, { status: 422 })));
  const { user, place } = showAt("/usage/files?create=1");
  const drawer = await screen.findByRole("dialog", { name: "Send a file" });
  await user.upload(within(drawer).getByLabelText("Choose a file"), csv());
  await user.type(within(drawer).getByLabelText("Source"), "olt-1");
  await user.click(within(drawer).getByRole("button", { name: "Send" }));
  expect(await within(drawer).findByText("The file was not taken: the file is empty")).toBeInTheDocument();
  expect(within(drawer).getByText("monday.csv")).toBeInTheDocument();
  expect(place.current).toBe("/usage/files?create=1");
});

test("a file's page tells which lines were refused and why, and gives them as a file", async () => {
  showAt("/usage/files/usage-file-2");
  const refused = await screen.findByRole("table", { name: "Refused lines" });
  expect(within(refused).getByRole("row", { name: /1,204 Malformed/ })).toHaveTextContent("a row has 6 cells as the header row has, not 1");
  expect(screen.getByRole("link", { name: "Download the refused lines" })).toHaveAttribute("href", "/v1/usage/files/usage-file-2/refused.csv");
});

test("a file that is being read can be stopped, after it was confirmed; one that is done can't", async () => {
  const sent: string[] = [];
  server.use(http.post("*/v1/jobs/usage-file-3/cancel", () => { sent.push("cancel"); return HttpResponse.json({ id: "usage-file-3", status: "cancelled" }); }));
  const { user } = showAt("/usage/files/usage-file-3");
  await user.click(await screen.findByRole("button", { name: "Stop" }));
  const dialog = await screen.findByRole("dialog", { name: "Stop taking this file?" });
  expect(sent).toEqual([]);
  await user.click(within(dialog).getByRole("button", { name: "Stop" }));
  expect(await screen.findByText("The file is stopped")).toBeInTheDocument();
  expect(sent).toEqual(["cancel"]);
});
