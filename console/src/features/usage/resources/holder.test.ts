import { expect, test } from "vitest";
import { holderAt } from "./holder";

const one = (account_id: string, from: string, to: string | null) => ({ account_id, subscription_id: `of-${account_id}`, from, to });

test("a line is whose assignment holds now: its first moment is in it, its end is not", () => {
  const assignments = [one("old", "2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z"), one("new", "2026-06-01T00:00:00Z", null)];
  expect(holderAt(assignments, "2026-05-31T23:59:59Z")?.account_id).toBe("old");
  expect(holderAt(assignments, "2026-06-01T00:00:00Z")?.account_id).toBe("new");
  expect(holderAt(assignments, "2025-12-31T00:00:00Z")).toBeNull();
});
