import { expect, test } from "vitest";
import { rate } from "./rate";

test("a rate is told in the unit that people speak of", () => {
  expect([64, 2_000, 300_000, 2_500_000].map((kbps) => rate("en", kbps))).toEqual(["64 kbit/s", "2 Mbit/s", "300 Mbit/s", "2.5 Gbit/s"]);
});
