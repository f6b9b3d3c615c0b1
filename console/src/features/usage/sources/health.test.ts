import { expect, test } from "vitest";
import { isClockOff, share, span } from "./health";

test("shares and times of a source are told as people say them", () => {
  expect([share("en", "0.0012"), share("en", "0")]).toEqual(["0.12%", "0%"]);
  expect([40, -1_500, 300_000, 7_200_000].map((ms) => span("en", ms))).toEqual(["40 ms", "1.5 sec", "5 min", "2 hr"]);
});

test("a clock is off from a minute on, ahead or behind", () => {
  expect([null, 59_999, 60_000, -60_000].map(isClockOff)).toEqual([false, false, true, true]);
});
