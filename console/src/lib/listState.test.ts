import { expect, test } from "vitest";
import { changed, nextSort } from "./listState";

const after = (search: string, changes: Record<string, string | null>) => changed(new URLSearchParams(search), changes).toString();

test("a changed filter starts at the first page again", () => {
  expect(after("status=paid&page=4", { q: "MTR" })).toBe("status=paid&q=MTR");
});

test("turning the page or choosing columns keeps all else", () => {
  expect(after("status=paid&q=a", { page: "2" })).toBe("status=paid&q=a&page=2");
  expect(after("page=3", { cols: "status,total" })).toBe("page=3&cols=status%2Ctotal");
});

test("a default is not written into the URL", () => {
  expect(after("page=2&size=20&q=a", { page: "1", size: "50", q: "" })).toBe("");
});

test("a click on a column sorts up, then down, then not at all", () => {
  expect([nextSort(null, "total"), nextSort("total", "total"), nextSort("-total", "total"), nextSort("-due_on", "total")]).toEqual(["total", "-total", null, "total"]);
});
