import { expect, test } from "vitest";
import { readAll } from "./readAll";
import { rowsCsv } from "./rowsCsv";

test.each([
  ["an amount keeps its digits and its currency", [{ id: "p1", due: { amount: "12.40", currency: "EUR" } }], "id,due.amount,due.currency\r\np1,12.40,EUR\r\n"],
  ["what a row lacks is empty", [{ id: "a", end: null }, { id: "b", note: "x" }], "id,end,note\r\na,,\r\nb,,x\r\n"],
  ["several of a kind stand in one cell", [{ id: "a", meters: ["data.octets", "sms.messages"] }], "id,meters\r\na,data.octets; sms.messages\r\n"],
  ["what may be done is not exported", [{ id: "a", allowed_actions: [{ action: "void" }] }], "id\r\na\r\n"],
  ["a text is no formula", [{ name: "=1+1" }], "name\r\n'=1+1\r\n"],
  ["no rows make no file", [], "\r\n"],
])("%s", (_, rows, csv) => expect(rowsCsv(rows)).toBe(csv));

test("all pages are read, and no more than a file may have", async () => {
  const asked: number[] = [];
  const read = ({ page }: { page: number }) => {
    asked.push(page);
    return Promise.resolve({ items: Array.from({ length: 100 }, (_, n) => ({ id: `${page}-${n}` })), total: 7_000, as_of: "" });
  };
  const { rows, isWhole } = await readAll(read, { page: 3, size: 20 }, new AbortController().signal);
  expect([rows.length, isWhole, asked[0], asked.length]).toEqual([5_000, false, 1, 50]);
});
