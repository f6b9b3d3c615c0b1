/** Where figures lead: to parameters that the API has, by filters that the page has. */
import { expect, test } from "vitest";
import openapi from "../../openapi.json";
import { invoiceList } from "../features/invoicing/invoiceList";
import { creditNoteList } from "../features/invoicing/credits/creditNoteList";
import { caseList } from "../features/payments/dunning/caseList";
import { paymentList } from "../features/payments/incoming/paymentList";
import { targets } from "../features/reporting/analytics/drill";
import { journalList } from "../features/reporting/journal/journalList";
import { customerList } from "../features/rating/customers/customerList";
import { subscriptionList } from "../features/rating/subscriptions/subscriptionList";
import { recordList } from "../features/usage/records/recordList";
import type { Filter } from "../lib/listQuestion";

const paths = openapi.paths as unknown as Readonly<Record<string, { get?: { parameters?: readonly { name: string }[] } }>>;
const lists: Readonly<Record<string, { filters: readonly Filter[]; tabs: readonly { id: string }[] }>> = {
  "/v1/invoices": invoiceList, "/v1/credit-notes": creditNoteList(true), "/v1/payments": paymentList, "/v1/journal": journalList, "/v1/dunning/cases": caseList,
  "/v1/customer-configs": customerList, "/v1/subscriptions": subscriptionList, "/v1/usage/records": recordList,
};

test.each(Object.keys(targets))("what is passed on of %s is a parameter of the API", (path) => {
  const { takes, tabs = [] } = targets[path]!;
  const known = paths[path]?.get?.parameters?.map(({ name }) => name) ?? [];
  expect(known).toEqual(expect.arrayContaining([...Object.keys(takes), ...tabs.flatMap(({ query }) => Object.keys(query))]));
});

test.each(Object.keys(lists))("what is passed on of %s is a filter or a tab of its page", (path) => {
  const { takes, tabs = [], tab } = targets[path]!;
  const { filters, tabs: shown } = lists[path]!;
  const names = filters.flatMap((filter) => (filter.kind === "dates" ? [filter.from, filter.to] : [filter.name]));
  expect(names).toEqual(expect.arrayContaining(Object.values(takes)));
  const wanted = [...tabs.map((one) => one.tab), ...(tab === null ? [] : [tab])];
  expect(shown.map(({ id }) => id)).toEqual(expect.arrayContaining(wanted));
});
