import { expect, test } from "vitest";
import { scaleOf } from "./scale";
import { columnsOf } from "./stack";

test.each([
  [["0", "93.10", "47"], ["0.00", "20.00", "40.00", "60.00", "80.00", "100.00"]],
  [["3", "7"], ["0", "2", "4", "6", "8"]],
  [["-12.5", "30"], ["-20.0", "-10.0", "0.0", "10.0", "20.0", "30.0"]],
  [["0", "0.00"], ["0.00"]],
  [["49999999999999999999.99"], ["0", "1", "2", "3", "4", "5"].map((n) => (n === "0" ? "0.00" : `${n}0000000000000000000.00`))],
])("the axis of %j holds zero and ends at round values", (values, ticks) => {
  expect(scaleOf(values, 100).ticks).toEqual(ticks);
});

test("a value has its place between them, from the top", () => {
  const { y, zero } = scaleOf(["-20", "40"], 300);
  expect([y("40"), y("10"), zero, y("-20")].map(Math.round)).toEqual([0, 150, 200, 300]);
});

test("columns stand on each other exactly, what is negative hangs below, and a gap is no column", () => {
  const series = [{ name: "a", values: ["0.10", "-1", null] }, { name: "b", values: ["0.20", "2", "5"] }, { name: "c", values: ["1", "-0.5", null] }];
  expect(columnsOf(series).map(({ place, from, to }) => [place, Number(from), to])).toEqual([
    [0, 0, "0.10"], [0, 0.1, "0.30"], [0, 0.3, "1.30"],
    [1, 0, "-1"], [1, 0, "2"], [1, -1, "-1.5"],
    [2, 0, "5"],
  ]);
});
