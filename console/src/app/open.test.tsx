import { expect, test } from "vitest";
import { isOpen } from "./open";
import { pages } from "./routes";

test("whoever is held to legal entities is led to no page of the whole operator, and all others are open to everybody", () => {
  for (const path of ["/usage/sources", "/usage/sources/:id", "/payments/bank-statements", "/settings/users", "/plans/new", "/plans/:id/edit", "/health"]) {
    expect(isOpen(path, true)).toBe(false);
    expect(pages.some((page) => page.path === path)).toBe(true);
  }
  for (const path of ["/", "/invoices", "/payments/:id", "/plans", "/plans/:id", "/usage", "/settings/legal-entities", "/reports", "/account"]) expect(isOpen(path, true)).toBe(true);
  expect(pages.every(({ path }) => isOpen(path, false))).toBe(true);
});
