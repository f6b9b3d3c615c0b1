import { expect, test } from "vitest";
import { returnPath } from "./returnPath";

test.each([
  ["/invoices?status=paid", "/invoices?status=paid"],
  [null, "/"],
  ["invoices", "/"],
  ["//elsewhere.example/x", "/"],
  ["/\\elsewhere.example", "/"],
  ["https://elsewhere.example", "/"],
  ["/login?next=/login", "/"],
])("a login that was asked for by %j leads back to %s", (next, path) => {
  expect(returnPath(next, "http://127.0.0.1:8080")).toBe(path);
});
