import { expect, test } from "vitest";
import { csvOf } from "./csv";
import { ringOf } from "./ring";
import { steps } from "./waterfall";

test("values go into the file as they came, a gap as nothing, and no text becomes a formula", () => {
  const told = { labels: ["Sep", '=1+1, "x"'], unit: { currency: "EUR" }, series: [{ name: "@net", values: ["1200.50", "-3.00"] }], line: { name: "Before", values: [null, "7"] }, beside: [{ name: "Share", values: ["12 %", "-0.5"] }] };
  expect(csvOf(told, "Month")).toBe("Month,currency,'@net,Before,Share\r\nSep,EUR,1200.50,,12 %\r\n\"'=1+1, \"\"x\"\"\",EUR,-3.00,7,-0.5\r\n");
});

test.each([
  [["100", "20", "-5", "115"], [["0", "100"], ["100", "120"], ["120", "115"], ["0", "115"]]],
  [["0.10", null, "-0.30", "-0.20"], [["0", "0.10"], ["0.10", "0.10"], ["0.10", "-0.20"], ["0", "-0.20"]]],
])("a waterfall of %j stands on what was before", (values, ends) => {
  expect(steps(values).map(({ from, to }) => [from, to])).toEqual(ends);
});

test("the parts of a ring follow each other, and what is not above zero has none", () => {
  expect(ringOf(["30.00", "-4", "0", "90"])).toEqual([{ place: 0, from: 0, part: 0.25 }, { place: 3, from: 0.25, part: 0.75 }]);
  expect(ringOf(["0"])).toEqual([]);
});
