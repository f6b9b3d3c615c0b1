import { expect, test } from "vitest";
import { lasted } from "./lasted";

test("how long something lasted is told in the units that it has", () => {
  expect(lasted("en", 12_000)).toBe("3 hr, 20 min");
  expect(lasted("en", 90_061)).toBe("1 day, 1 hr, 1 min");
  expect(lasted("en", 42)).toBe("42 sec");
});
