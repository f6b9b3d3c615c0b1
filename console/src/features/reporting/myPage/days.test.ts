import { describe, expect, it } from "vitest";
import { daysBetween, days_max, heightsOf, shareLeft } from "./days";

const day = (d: string, quantity: string) => ({ day: d, quantity });

describe("the days of a picture", () => {
  it("have no gap, over the end of a month and of summer time", () => {
    const shown = daysBetween([day("2026-10-24", "3"), day("2026-10-26", "1")], "2026-10-23", "2026-11-02");
    expect(shown.map((one) => one.day.slice(8)).join()).toBe("23,24,25,26,27,28,29,30,31,01,02");
    expect(shown.map((one) => one.quantity).join()).toBe("0,3,0,1,0,0,0,0,0,0,0");
  });

  it("are none where there is nothing, and end where they begin too late", () => {
    expect(daysBetween([])).toEqual([]);
    expect(daysBetween([day("2026-10-24", "3")], "2026-10-30", "2026-10-01")).toHaveLength(1);
  });

  it("are a year at most, the latest", () => {
    const shown = daysBetween([], "1970-01-01", "2026-12-31");
    expect([shown.length, shown.at(-1)?.day]).toEqual([days_max, "2026-12-31"]);
  });

  it("have bars as high as they used, and what is more than nothing is seen", () => {
    expect(heightsOf([day("a", "0"), day("b", "100"), day("c", "50"), day("d", "0.000001"), day("e", "-5")], 72, 2)).toEqual([0, 72, 36, 2, 0]);
    expect(heightsOf([day("a", "0")], 72, 2)).toEqual([0]);
    expect(heightsOf([day("a", "999999999999999999.999999")], 72, 2)).toEqual([72]);
  });

  it.each([["50", "100", 0.5], ["-1", "100", 0], ["200", "100", 1], ["0", "0", 0]])("%s of %s is left", (left, all, share) => {
    expect(shareLeft(left, all)).toBe(share);
  });
});
