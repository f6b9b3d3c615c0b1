import { screen, waitFor, within } from "@testing-library/react";
import { useState } from "react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
import type { paths } from "../../api/schema";
import { api } from "../../lib/api";
import { useCommand } from "../../lib/useCommand";
import { showIn } from "../../test/render";
import { server } from "../../test/setup";
import { CommandDrawer } from "./CommandDrawer";

type PaymentBody = paths["/v1/payments"]["post"]["requestBody"]["content"]["application/json"];

function Page() {
  const [isOpen, setOpen] = useState(true);
  const record = useCommand({ words: "issue", touches: ["payments"], send: (body: PaymentBody, headers) => api.POST("/v1/payments", { body, headers }) });
  if (!isOpen) return <p>closed</p>;
  return (
    <CommandDrawer
      title="Record a payment" verb="Record" body="PaymentBody" wish={{ omit: ["id", "external_key", "invoice_id", "status"] }} words="payment" command={record}
      given={{ amount: { amount: "", currency: "EUR" } }} onSend={(body) => record.run(body as PaymentBody)} onClose={() => setOpen(false)}
    />
  );
}

/** Two accounts to pick from; answers the command with each of these in turn. Gives what was sent. */
function serving(...answers: Response[]) {
  const sent: unknown[] = [];
  server.use(
    http.get("*/v1/accounts", ({ request }) => {
      const q = new URL(request.url).searchParams.get("q") ?? "";
      const items = [{ id: "acc-1", name: "Ada Lovelace" }, { id: "acc-2", name: "Brown & Sons" }].filter(({ name }) => name.toLowerCase().includes(q.toLowerCase()));
      return HttpResponse.json({ items, total: items.length });
    }),
    http.post("*/v1/payments", async ({ request }) => {
      sent.push(await request.json());
      return answers.shift() ?? HttpResponse.json({ id: "pay-1" }, { status: 201 });
    }),
  );
  return sent;
}

/** The drawer once it knows its fields. */
async function opened() {
  await screen.findByRole("button", { name: "Record" });
  return screen.getByRole("dialog", { name: "Record a payment" });
}

async function fillIn(user: ReturnType<typeof showIn>["user"]) {
  const drawer = await opened();
  const account = await within(drawer).findByRole("combobox", { name: "account id" });
  await user.type(account, "brown");
  await within(drawer).findByRole("option", { name: /Brown/ });
  await waitFor(() => expect(within(within(drawer).getByRole("listbox", { name: "account id" })).getAllByRole("option")).toHaveLength(1));
  await user.keyboard("{Enter}");
  expect(account).toHaveValue("Brown & Sons");
  await user.type(within(drawer).getByRole("textbox", { name: "Amount" }), "12,40");
  await user.selectOptions(within(drawer).getByRole("combobox", { name: "Method" }), "Card");
  await user.type(within(drawer).getByLabelText("Received"), "2026-11-23");
  return drawer;
}

test("a form is made of the API's body, an account is picked by its name, and an amount stays a text", async () => {
  const sent = serving();
  const { user } = showIn(<Page />);
  const drawer = await fillIn(user);
  await user.click(within(drawer).getByRole("button", { name: "Record" }));
  expect(await screen.findByText("closed")).toBeInTheDocument();
  expect(sent).toEqual([{ account_id: "acc-2", amount: { amount: "12.40", currency: "EUR" }, method: "card", received_on: "2026-11-23" }]);
});

test("what is missing is told at its field when it is sent, and nothing is sent", async () => {
  const sent = serving();
  const { user } = showIn(<Page />);
  const drawer = await opened();
  const method = await within(drawer).findByRole("combobox", { name: "Method" });
  expect(method).not.toBeInvalid();
  await user.click(within(drawer).getByRole("button", { name: "Record" }));
  expect(method).toBeInvalid();
  expect(method).toHaveAccessibleDescription("This must be given");
  expect(sent).toEqual([]);
});

test("what the server refuses of a field stands under it until it changes", async () => {
  const refusal = { status: 422, title: "Unprocessable", detail: "The amount is negative", errors: [{ pointer: "/amount/amount", code: "negative", detail: "must be above zero" }] };
  serving(HttpResponse.json(refusal, { status: 422 }));
  const { user } = showIn(<Page />);
  const drawer = await fillIn(user);
  await user.click(within(drawer).getByRole("button", { name: "Record" }));
  const amount = within(drawer).getByRole("textbox", { name: "Amount" });
  await waitFor(() => expect(amount).toHaveAccessibleDescription("must be above zero"));
  expect(within(drawer).getAllByRole("alert")).toHaveLength(1);
  await user.type(amount, "{Backspace}1");
  expect(amount).not.toBeInvalid();
});

test("leaving a form that was written in asks first, an untouched one closes at once", async () => {
  serving();
  const { user } = showIn(<Page />);
  const drawer = await opened();
  await user.type(await within(drawer).findByRole("textbox", { name: "Amount" }), "5");
  await user.click(within(drawer).getByRole("button", { name: "Cancel" }));
  const ask = await screen.findByRole("dialog", { name: "Leave without saving?" });
  await user.click(within(ask).getByRole("button", { name: "Go on writing" }));
  expect(within(drawer).getByRole("textbox", { name: "Amount" })).toHaveValue("5");
  await user.clear(within(drawer).getByRole("textbox", { name: "Amount" }));
  await user.click(within(drawer).getByRole("button", { name: "Cancel" }));
  expect(await screen.findByText("closed")).toBeInTheDocument();
});
