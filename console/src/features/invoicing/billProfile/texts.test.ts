import { expect, test } from "vitest";
import { withTexts } from "./texts";

const told = { account_id: "a", currency: "EUR", cycle_id: "monthly", time_zone: "UTC", terms_days: 14, tax: {}, tax_rate: null, delivery: { email: { to: ["a@b.example", "c@d.example"] }, webhook: null, print: false, automatic: true }, sources: {}, version: 1, allowed_actions: [] };

test("each parameter of the tax stands beside the profile, absent ones too, so that changes can be told", () => {
  const profile = withTexts({ ...told, tax: { kind: "determined", place: "FR", evidence: ["sim:FR", "bank:FR"], registrations: [] } } as never);
  expect(profile).toMatchObject({ id: "a", tax_kind: "determined", tax_place: "FR", tax_evidence: "sim:FR, bank:FR", tax_registrations: null, tax_tax_country: null });
});

test("the ways that documents go out by stand beside it, too", () => {
  expect(withTexts(told as never)).toMatchObject({ delivery_email: "a@b.example, c@d.example", delivery_webhook: null, delivery_print: false, delivery_automatic: true });
});
