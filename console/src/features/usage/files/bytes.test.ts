import { expect, test } from "vitest";
import { sizeOf } from "./bytes";

test("a size is told in the unit that people speak of", () => {
  expect([0, 999, 1_240_000, 256 * 1024 * 1024].map((bytes) => sizeOf("en", bytes))).toEqual(["0 bytes", "999 bytes", "1.2 MB", "268.4 MB"]);
});
