import { screen, waitFor } from "@testing-library/react";
import { useQuery } from "@tanstack/react-query";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
import { answer, api } from "../../lib/api";
import { useCommand } from "../../lib/useCommand";
import { showIn } from "../../test/render";
import { server } from "../../test/setup";
import { CommandOutcome } from "./CommandOutcome";
import { Processing } from "./Processing";

interface Thing {
  id: string;
  version: number;
}

/** A page with one button, what came of it, and a reading of what it changes. */
function Page({ version = 1, name = "a" }: { version?: number; name?: string }) {
  useQuery({ queryKey: ["invoices", "one"], queryFn: () => answer(api.GET("/v1/invoices")) });
  const command = useCommand({
    words: "issue",
    touches: ["invoices"],
    subject: ({ id }: Thing) => id,
    version: (thing) => thing.version,
    send: ({ id }, headers) => api.POST("/v1/invoices/{invoice_id}/issue", { params: { path: { invoice_id: id } }, headers }),
    reread: ({ id }) => answer(api.GET("/v1/invoices/{invoice_id}", { params: { path: { invoice_id: id } } })),
  });
  const thing = { id: "inv-1", version };
  return (
    <>
      <button onClick={() => command.run(thing, { ...thing, account_id: name })}>go</button>
      <output aria-label="phase">{command.phase}</output>
      <ul>{[...command.fields].map(([pointer, detail]) => <li key={pointer}>{pointer}: {detail}</li>)}</ul>
      <Processing subject="inv-1" />
      <CommandOutcome command={command} fields="invoice" />
    </>
  );
}

/** Answers the command as told, one after the other; gives the headers it came with, and those of each reading. */
function answering(...answers: (() => Response)[]) {
  const sent: Headers[] = [];
  const read: (string | null)[] = [];
  server.use(
    http.post("*/v1/invoices/:id/issue", ({ request }) => {
      sent.push(request.headers);
      return answers.shift()?.() ?? HttpResponse.json({ id: "inv-1", version: 2 });
    }),
    http.get("*/v1/invoices", ({ request }) => {
      read.push(request.headers.get("Position"));
      return HttpResponse.json({ items: [], total: 0 });
    }),
  );
  return { sent, read };
}

const phase = () => screen.getByRole("status", { name: "phase" }).textContent;
const refused = (status: number, errors: object[] = []) => () => HttpResponse.json({ title: "Refused", detail: "It is on hold", status, errors }, { status });

test("a command carries its key and version, and after it what it touches is read anew with its position", async () => {
  const { sent, read } = answering(() => HttpResponse.json({ id: "inv-1" }, { headers: { Position: "invoicing/1@77" } }));
  const { user } = showIn(<Page version={3} />);
  await user.click(await screen.findByText("go"));
  expect(await screen.findByText("The invoice was issued")).toBeInTheDocument();
  expect(sent[0]?.get("Idempotency-Key")).toMatch(/^[0-9a-f-]{36}$/);
  expect(sent[0]?.get("If-Match")).toBe("3");
  expect(read.at(-1)).toContain("invoicing/1@77");
});

test("a click after a lost answer is the same command, one after a definite answer is a new one", async () => {
  const { sent } = answering(() => HttpResponse.error(), refused(409), () => HttpResponse.json({ id: "inv-1" }));
  const { user } = showIn(<Page />);
  for (const expected of ["unknown", "refused", "done"]) {
    await user.click(await screen.findByText("go"));
    await waitFor(() => expect(phase()).toBe(expected));
  }
  const keys = sent.map((headers) => headers.get("Idempotency-Key"));
  expect(keys[1]).toBe(keys[0]);
  expect(keys[2]).not.toBe(keys[1]);
});

test("202 is processing until the command's event is there, and what is read then has it", async () => {
  const { read } = answering(() => HttpResponse.json({ command_id: "invoicing-9" }, { status: 202 }));
  let status = "pending";
  server.use(http.get("*/v1/commands/invoicing-9", () => HttpResponse.json({ command_id: "invoicing-9", status, result: status === "done" ? { id: "inv-1", position: "invoicing/2@501" } : null, errors: [] })));
  const { user } = showIn(<Page />);
  await user.click(await screen.findByText("go"));
  await waitFor(() => expect(phase()).toBe("processing"));
  expect(screen.getByText("Processing…")).toBeInTheDocument();
  expect(screen.queryByText("The invoice was issued")).toBeNull();
  status = "done";
  expect(await screen.findByText("The invoice was issued")).toBeInTheDocument();
  expect(read.at(-1)).toContain("invoicing/2@501");
  expect(screen.queryByText("Processing…")).toBeNull();
});

test("what changed meanwhile is told field by field, and the next click is for the new version", async () => {
  const { sent } = answering(refused(412));
  server.use(http.get("*/v1/invoices/inv-1", () => HttpResponse.json({ id: "inv-1", version: 5, account_id: "acc-9", total: { amount: "1", currency: "EUR" } })));
  const { user } = showIn(<Page name="acc-1" />);
  await user.click(await screen.findByText("go"));
  const table = await screen.findByRole("table", { name: "What has changed" });
  expect(table).toHaveTextContent("account_idacc-1acc-9");
  await user.click(screen.getByText("go"));
  await waitFor(() => expect(phase()).toBe("done"));
  expect(sent.map((headers) => headers.get("If-Match"))).toEqual(["1", "5"]);
  expect(sent[1]?.get("Idempotency-Key")).not.toBe(sent[0]?.get("Idempotency-Key"));
});

test("a refusal says why, and names the fields of the body that it is about", async () => {
  answering(refused(422, [{ pointer: "/amount", code: "negative", detail: "must be positive" }, { pointer: "limit", in: "query", code: "invalid", detail: "no" }]));
  const { user } = showIn(<Page />);
  await user.click(await screen.findByText("go"));
  expect(await screen.findByRole("alert")).toHaveTextContent("The invoice was not issued: It is on hold");
  expect(screen.getAllByRole("listitem").map((item) => item.textContent)).toEqual(["/amount: must be positive"]);
});
