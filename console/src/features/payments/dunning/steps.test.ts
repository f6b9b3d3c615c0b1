import { describe, expect, test } from "vitest";
import { feesOf, firstRow, rowOf, toSteps } from "./steps";
import type { Step } from "./queries";
import { previewed } from "./StepRows";

const block: Step = {
  name: "Block", after_days: 14, letters: [{ language: "en", subject: "Overdue", text: "{overdue}" }, { language: "de", subject: "Mahnung", text: "{overdue}" }], channels: ["email"],
  fees: [{ amount: "5.00", currency: "EUR" }], tax_class: "late_fee", service: { access: "throttled", profile: "slow", billing: "free", paid_for: true }, collection: true, agency: "nord", terminate: false,
};

describe("the steps of a dunning policy", () => {
  test("go through the form and come out as they were", () => {
    expect(toSteps([rowOf(block)])).toEqual([block]);
  });

  test("say nothing of what was not written", () => {
    expect(toSteps([{ ...firstRow, name: " End ", after_days: "21", terminate: true }])).toEqual([
      { name: "End", after_days: 21, letters: [], fees: [], service: null, terminate: true, collection: false },
    ]);
  });

  test("send what can't be read as it stands", () => {
    expect(toSteps([{ ...firstRow, after_days: "soon" }])).toMatchObject([{ after_days: "soon" }]);
  });

  test("cost amounts with their currencies", () => {
    expect(feesOf("5.00 EUR, 6,50 chf")).toEqual([{ amount: "5.00", currency: "EUR" }, { amount: "6.50", currency: "CHF" }]);
  });

  test("are read with made-up figures", () => {
    expect(previewed("Pay {overdue}, {nothing}.")).toBe("Pay 36.04 EUR, {nothing}.");
  });
});
