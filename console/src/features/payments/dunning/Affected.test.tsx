import { screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
import { showIn } from "../../../test/render";
import { server } from "../../../test/setup";
import { Affected } from "./Affected";

const overdue = { amount: "41.18", currency: "EUR" };
const step = { policy_id: "standard", step: 1, name: "Reminder", access: "active", currency: "EUR", overdue };

test("a dry run of dunning that is longer than its list says so, and a step leads to the policies", async () => {
  server.use(http.post("*/v1/dunning/dry-run", () => HttpResponse.json({ on: "2026-11-23", accounts: 300, total: 300, groups: [{ ...step, accounts: 300 }], items: [{ ...step, account_id: "acc-0002", on: "2026-11-23" }] })));
  const { user } = showIn(<Affected />);
  await user.click(await screen.findByRole("button", { name: "Who would be affected?" }));
  expect(await screen.findByText("The first 1 are listed")).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "standard" })).toHaveAttribute("href", "/dunning/policies");
});
