import { expect, test } from "vitest";
import { guessed } from "./formats";

test("what a file most likely is comes from its ending, in any case; another is left to the reader", () => {
  expect([guessed("monday.CSV"), guessed("a.ndjson"), guessed("x.ipdr.xml"), guessed("calls")]).toEqual(["csv", "json", "ipdr", null]);
});
