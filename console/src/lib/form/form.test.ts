import { expect, test } from "vitest";
import bodies from "../../api/bodies.json";
import { fieldsOf, membersOf, type FormField, type Schemas } from "./schema";
import { faultsOf, fromBody, initialValues, tierFaults, toBody, type Value } from "./values";

const schemas = bodies as unknown as Schemas;
const kinds = (body: string, wish = {}) => fieldsOf(schemas, body, wish).map(({ pointer, kind, required }) => `${pointer} ${kind}${required ? "!" : ""}`);

test("the body of the API says which fields there are and what kind each is", () => {
  expect(kinds("PaymentBody")).toEqual(["/id text", "/account_id picker!", "/amount money!", "/method choice!", "/received_on date!", "/external_key text", "/invoice_id picker", "/status choice"]);
  expect(kinds("GraduatedPrice", { only: ["tiers", "meter"] })).toEqual(["/meter picker", "/tiers tiers!"]);
  expect(kinds("SubscriptionBody", { only: ["account_id", "plan_id", "start", "end"] })).toEqual(["/account_id picker!", "/plan_id picker!", "/start date!", "/end date"]);
});

test("facts within facts are fields of their own, needed only where the whole is", () => {
  expect(kinds("AccountBody", { only: ["address"] })).toEqual(["/address/lines lines", "/address/postal_code text", "/address/city text", "/address/region text", "/address/country text"]);
  expect(kinds("AssignmentBody")).toContain("/from instant!");
});

test("what a form can't show and must be given needs a field of its own", () => {
  expect(() => fieldsOf(schemas, "PlanBody")).toThrow("/prices needs a field of its own");
  expect(kinds("PlanBody", { only: ["id", "name", "currency"] })).toEqual(["/id text", "/name text!", "/currency text!"]);
  expect(kinds("PlanBody", { only: ["prices"], whole: true })).toEqual(["/prices json!"]);
});

test("every model of a price has a form that says all of it, and gives back what it was given", () => {
  const models = membersOf(schemas, "Price");
  expect(models.size).toBeGreaterThan(2);
  for (const [model, schema] of models) expect(fieldsOf(schemas, schema, { omit: ["model"], whole: true }).length, model).toBeGreaterThan(0);
  const fields = fieldsOf(schemas, models.get("graduated")!, { omit: ["model"], whole: true });
  const price = { meter: "data.octets", rounding: { mode: "up", decimals: 2 }, modifiers: { minimum: "5.00", discount: { percent: "20" } }, tiers: [{ up_to: "10", unit_price: "0" }, { up_to: null, unit_price: "0.5", unit_size: "1000" }] };
  expect(toBody(fields, fromBody(fields, price))).toEqual(price);
});

test("what has a default within what may be left out does not begin it", () => {
  const term: Schemas = { Body: { properties: { term: { anyOf: [{ properties: { months: { type: "integer" }, notice_days: { type: "integer", default: 30 } } }, { type: "null" }] }, quantity: { type: "integer", default: 1 } } } };
  const fields = fieldsOf(term, "Body");
  expect(toBody(fields, initialValues(fields))).toEqual({ quantity: 1 });
});

test("a bound that does not rise laps over, a missing one leaves a gap, and each is told of its own tier", () => {
  const tier = (up_to: string) => ({ up_to, unit_price: "1" });
  expect(tierFaults([tier("10"), tier("5"), tier("")])).toEqual([null, "tiers_fall", null]);
  expect(tierFaults([tier(""), tier("20"), tier("")])).toEqual(["tiers_open", null, null]);
  expect(tierFaults([tier("10"), tier("20")])).toEqual([null, "tiers_open"]);
});

const fields = fieldsOf(schemas, "PaymentBody", { omit: ["id"] });
const values = (written: Record<string, Value>) => new Map(Object.entries(written));

test("a body is made of what was written: money exact, what was left empty not sent", () => {
  const written = values({ "/account_id": "acc-1", "/amount": { amount: "99999999999999999,99", currency: "EUR" }, "/method": "card", "/received_on": "2026-11-23", "/external_key": " " });
  expect(faultsOf(fields, written).size).toBe(0);
  expect(toBody(fields, written)).toEqual({ account_id: "acc-1", amount: { amount: "99999999999999999.99", currency: "EUR" }, method: "card", received_on: "2026-11-23" });
});

test("what is missing or can't be read is named by its pointer", () => {
  expect([...faultsOf(fields, values({ "/amount": { amount: "1,000", currency: "EUR" } }))]).toEqual([
    ["/account_id", "missing"], ["/amount", "no_decimal"], ["/method", "missing"], ["/received_on", "missing"],
  ]);
});

test("a field begins with what its schema or the form gives", () => {
  const run = fieldsOf(schemas, "BillingRunBody");
  expect(initialValues(run, { cycle_id: "monthly" })).toEqual(new Map([["/scope/cycle_id", "monthly"], ["/dry_run", "false"]]));
  expect(toBody(run, values({ "/scope/cycle_id": "monthly", "/dry_run": "false" }))).toEqual({ scope: { cycle_id: "monthly" }, dry_run: false });
});

const tiers = fieldsOf(schemas, "GraduatedPrice", { only: ["tiers"] });
const faultOfTiers = (...rows: Record<string, string>[]) => faultsOf(tiers, values({ "/tiers": rows })).get("/tiers");

test.each<[string, Record<string, string>[], string | undefined]>([
  ["rise", [{ up_to: "9", unit_price: "1" }, { up_to: "10.5", unit_price: "2" }, { up_to: "", unit_price: "3" }], undefined],
  ["fall", [{ up_to: "10.50", unit_price: "1" }, { up_to: "10.5", unit_price: "2" }, { up_to: "", unit_price: "3" }], "tiers_fall"],
  ["have a hole", [{ up_to: "", unit_price: "1" }, { up_to: "", unit_price: "2" }], "tiers_open"],
  ["end closed", [{ up_to: "10", unit_price: "1" }], "tiers_open"],
  ["hold a word", [{ up_to: "", unit_price: "free" }], "no_decimal"],
])("tiers that %s are told apart", (_name, rows, fault) => {
  expect(faultOfTiers(...rows)).toBe(fault);
});

test("tiers are sent with the last one open and empty cells left out", () => {
  const body = toBody(tiers as FormField[], values({ "/tiers": [{ up_to: "10", unit_price: "0,5", flat_fee: "" }, { up_to: "", unit_price: "0.25" }] }));
  expect(body).toEqual({ tiers: [{ up_to: "10", unit_price: "0.5" }, { up_to: null, unit_price: "0.25" }] });
});
