import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { ListState } from "../../lib/listState";
import { showIn } from "../../test/render";
import { EmptyList } from "./EmptyList";

const list = { get: () => null, set: () => undefined, href: (change: Record<string, string | null>) => `?status=${change.status}`, page: 1 } as unknown as ListState;

async function shown(tab: string, ...tabs: string[]) {
  showIn(<EmptyList spec={{ words: "deliveries", filters: [], tabs: tabs.map((id) => ({ id })), icon: "sent" }} list={list} tab={{ id: tab }} />);
  await screen.findByText(tab === "all" ? "Nothing was sent yet" : "Nothing has gone out yet");
  return screen.queryByRole("link", { name: "Show all deliveries" })?.getAttribute("href");
}

test.each([
  ["sent", ["attention", "sent", "all"], "/?status=all"],
  ["sent", ["all", "sent", "open"], "/?status=all"],
  ["sent", ["attention", "sent", "open"], "/?status=open"],
  ["all", ["attention", "sent", "all"], undefined],
  ["all", ["all", "sent", "open"], undefined],
] as const)("an empty tab %s of %s leads to the whole list: %s", async (tab, tabs, to) => {
  expect(await shown(tab, ...tabs)).toBe(to);
});
