import { expect, test } from "vitest";
import bodies from "../../../api/bodies.json";
import type { Schemas } from "../../../lib/form/schema";
import { toBody } from "../../../lib/form/values";
import { fieldsOfGroup, groups, quoteBody, quoteFields } from "./quote";

const fields = quoteFields(bodies as unknown as Schemas);

test("every field of the try-out is one of the API's and stands in one group", () => {
  const grouped = groups.flatMap((group) => fieldsOfGroup(fields, group));
  expect(grouped.map(({ pointer }) => pointer)).toEqual(fields.map(({ pointer }) => pointer));
  expect(fields.length).toBe(17);
});

test("what is written makes the body of a quote with one line", () => {
  const values = new Map([["/date", "2026-10-01"], ["/lines/0/net", "100,00"], ["/currency", "EUR"], ["/lines/0/product_tax_class", "telecom"], ["/seller/country", "DE"], ["/ship_to/country", "FR"]]);
  expect(quoteBody(toBody(fields, values))).toEqual({
    date: "2026-10-01", currency: "EUR", lines: [{ net: "100.00", product_tax_class: "telecom" }], seller: { country: "DE" }, ship_to: { country: "FR" },
  });
});
