import { expect, test } from "vitest";
import { standingOf } from "./standing";

const of = (records: number, retracted: number, restored: number, status: "pending" | "done" = "done") => standingOf({ status, records, retracted, restored });

test("a retraction stands as its records do", () => {
  expect(of(412, 200, 0, "pending")).toBe("running");
  expect(of(412, 412, 0)).toBe("taken_back");
  expect(of(412, 400, 0)).toBe("partly");
  expect(of(412, 12, 400)).toBe("partly");
  expect(of(412, 0, 412)).toBe("put_back");
  expect(of(412, 0, 400)).toBe("put_back");
  expect(of(3, 0, 0)).toBe("nothing");
  expect(of(0, 0, 0)).toBe("nothing");
});
