import { expect, test } from "vitest";
import { parkedOf } from "./scope";

test("rows are named by their place in the log", () => {
  expect(parkedOf({ ids: ["usage/0/42#1"] })).toEqual({ records: ["usage/0/42#1"] });
});

test("all that match is the list's own filter, without its page and order", () => {
  expect(parkedOf({ filter: { reason: ["no_price"], source: "olt-7" as never, from: "2026-11-01", to: "2026-11-02", page: 2, size: 50, sort: "reason" } }))
    .toEqual({ filter: { reason: ["no_price"], source: ["olt-7"], from: "2026-11-01T00:00:00Z", to: "2026-11-03T00:00:00Z" } });
});

test("a filter that the API can't work on is none, not one that finds more", () => {
  expect(parkedOf({ filter: { id: ["rec-1"] } })).toBeNull();
});
