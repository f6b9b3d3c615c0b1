import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
import "../ui/table/AntTable";
// Loaded before a test waits for them: a busy machine takes longer for it than a test waits.
import "../features/usage/files/TakeBackDialog";
import "../features/usage/retractions/BatchDialog";
import "../features/usage/retractions/PutBackDialog";
import "./pages/FilePage";
import "./pages/FilesPage";
import "./pages/RetractionPage";
import "./pages/RetractionsPage";
import { showAt } from "../test/render";
import { sentTo } from "../test/sent";
import { server } from "../test/setup";

/** The first page of a file brings the whole shell with it. */
const first = { timeout: 45_000 };

test("what was taken back is listed by its file's name, with why, by whom and what could not be taken back", async () => {
  showAt("/usage/retractions");
  const table = await screen.findByRole("table", { name: "Usage taken back" }, first);
  const row = await within(table).findByRole("row", { name: /olt-7-2026-11-22.csv/ });
  expect(row).toHaveTextContent(/Taken back in part.*A bad file.*12,480.*12,392.*0.*88/);
  expect(within(row).getByRole("link", { name: "olt-7-2026-11-22.csv" })).toHaveAttribute("href", "/usage/retractions/ret-1");
  expect(within(table).getByRole("row", { name: /3 records/ })).toHaveTextContent(/Put back.*Wrong line/);
  expect(within(table).getByRole("row", { name: /pja3w7c2m5t4k8q1/ })).toHaveTextContent(/A batch.*Test data/);
});

test("a file is taken back with a reason, once its records were counted out and typed, and its retraction opens", async () => {
  const sent = sentTo("/v1/usage/retractions");
  const { user, place } = showAt("/usage/files/usage-file-2");
  await user.click(await screen.findByRole("button", { name: "Take back this file" }));
  const dialog = await screen.findByRole("dialog", { name: "Take back this file?" });
  expect(dialog).toHaveTextContent(/olt-7-2026-11-23.csv.*Counted.*2,476.*In quarantine.*21.*Records to take back.*2,497/);
  const verb = within(dialog).getByRole("button", { name: "Take back" });
  await user.selectOptions(within(dialog).getByLabelText("Reason"), "A bad file");
  expect(verb).toBeDisabled();
  await user.type(within(dialog).getByLabelText(/^Type 2497/), "2497");
  await user.type(within(dialog).getByLabelText(/^Note/), "The probe counted twice");
  await user.click(verb);
  await waitFor(() => expect(place.current).toBe("/usage/retractions/ret-new-1"));
  expect(sent.map(({ body }) => body)).toEqual([{ batch_id: "usage-file-2", reason: "bad_file", note: "The probe counted twice" }]);
  const outcome = await screen.findByRole("region", { name: "What became of the records" });
  await waitFor(() => expect(outcome).toHaveTextContent(/Taken back.*2,497.*Put back.*0/));
});

test("a file of which nothing counts, or that is still being read, offers nothing to take back", async () => {
  showAt("/usage/files/usage-file-3");
  await screen.findByRole("button", { name: "Stop" });
  expect(screen.queryByRole("button", { name: "Take back this file" })).toBeNull();
});

test("a file is taken back from its row too", async () => {
  const { user } = showAt("/usage/files");
  const table = await screen.findByRole("table", { name: "Files of usage" });
  const row = await within(table).findByRole("row", { name: /olt-7-2026-11-22.csv/ });
  await user.click(within(row).getByRole("button", { name: "Actions for olt-7-2026-11-22.csv" }));
  await user.click(await within(row).findByRole("button", { name: "Take back this file" }));
  expect(await screen.findByRole("dialog", { name: "Take back this file?" })).toHaveTextContent("12,480");
});

test("what the server refuses is told in the dialog, and nothing else happens", async () => {
  const detail = "its records are being counted; retract it when it is done";
  server.use(http.post("*/v1/usage/retractions", () => HttpResponse.json({ type: "about:blank", title: "Refused", status: 409, detail, errors: [{ pointer: "/batch_id", code: "batch_pending", detail }] }, { status: 409 })));
  const { user, place } = showAt("/usage/retractions?create=1");
  const dialog = await screen.findByRole("dialog", { name: "Take back a batch?" });
  await user.type(within(dialog).getByLabelText(/^Batch id/), "pja3w1a2b3c4d5e6");
  await within(dialog).findByText("900");
  await user.selectOptions(within(dialog).getByLabelText("Reason"), "Test data");
  await user.type(await within(dialog).findByLabelText(/^Type 990/), "990");
  await user.click(within(dialog).getByRole("button", { name: "Take back" }));
  expect(await within(dialog).findByText(`The batch was not taken back: ${detail}`)).toBeInTheDocument();
  expect(place.current).toBe("/usage/retractions?create=1");
});

test("a batch that is not there is said to be missing before anything is sent", async () => {
  const { user } = showAt("/usage/retractions?create=1");
  const dialog = await screen.findByRole("dialog", { name: "Take back a batch?" });
  await user.type(within(dialog).getByLabelText(/^Batch id/), "nonsense");
  expect(await within(dialog).findByText("There is no such batch")).toBeInTheDocument();
  expect(within(dialog).getByRole("button", { name: "Take back" })).toBeDisabled();
});

test("what was taken back is put back from its page, and the file's page tells both", async () => {
  const sent = sentTo("/restore");
  const { user } = showAt("/usage/retractions/ret-1");
  const outcome = await screen.findByRole("region", { name: "What became of the records" });
  expect(outcome).toHaveTextContent("Refused: its period ended over 35 days ago88");
  await user.click(screen.getByRole("button", { name: "Put back" }));
  const dialog = await screen.findByRole("dialog", { name: "Put these records back?" });
  await user.type(within(dialog).getByLabelText(/^Type 12392/), "12392");
  await user.click(within(dialog).getByRole("button", { name: "Put back" }));
  await waitFor(() => expect(outcome).toHaveTextContent(/Put back12,392/));
  expect(sent.map(({ body }) => body)).toEqual([{}]);
  expect(screen.queryByRole("button", { name: "Put back" })).toBeNull();
  await user.click(screen.getByRole("link", { name: "olt-7-2026-11-22.csv" }));
  expect(await screen.findByRole("table", { name: "Taken back" })).toHaveTextContent(/Put back.*A bad file/);
});

test("what was taken back before is not counted out once more", async () => {
  const { user } = showAt("/usage/files/usage-file-1");
  await user.click(await screen.findByRole("button", { name: "Take back this file" }));
  const dialog = await screen.findByRole("dialog", { name: "Take back this file?" });
  await waitFor(() => expect(dialog).toHaveTextContent(/Counted.*12,480.*Taken back before.*12,392.*Records to take back.*88/));
});

test("usage that followed its resource counts elsewhere, and is not put back from here", async () => {
  showAt("/usage/retractions/ret-4");
  const outcome = await screen.findByRole("region", { name: "What became of the records" });
  expect(outcome).toHaveTextContent(/Taken back2.*Counted elsewhere286.*assign the resource the other way round/);
  expect(screen.getByRole("link", { name: "mac:d0:38:a4:62:1e:ce" })).toHaveAttribute("href", "/usage/resources/mac%3Ad0%3A38%3Aa4%3A62%3A1e%3Ace");
  expect(screen.queryByRole("button", { name: "Put back" })).toBeNull();
});

test("a retraction that is under way tells how far it is, and is not put back meanwhile", async () => {
  showAt("/usage/retractions/ret-2");
  expect(await screen.findByText("1,200 records settled so far")).toBeInTheDocument();
  expect(screen.getByRole("progressbar", { name: "Progress of the retraction" })).toHaveAttribute("value", String(1200 / 1800));
  expect(screen.queryByRole("button", { name: "Put back" })).toBeNull();
});
