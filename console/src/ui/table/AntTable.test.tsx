import { screen, within } from "@testing-library/react";
import axe from "axe-core";
import { expect, test } from "vitest";
import type { ListState } from "../../lib/listState";
import { showIn } from "../../test/render";
import AntTable from "./AntTable";
import type { Column } from "./column";

interface Customer { id: string; name: string }

const columns: readonly Column<Customer>[] = [
  { id: "name", title: "Name", sort: "name", render: ({ name }) => name },
  { id: "id", title: "Account", render: ({ id }) => id },
];
const list = { page: 1, size: 50, sort: "name", columns: null, set: () => undefined } as unknown as ListState;

function showRows(rows: readonly Customer[] | null) {
  const chosen = { has: () => false, toggle: () => undefined };
  showIn(<AntTable label="Customers" columns={columns} rows={rows} list={list} rowKey={({ id }) => id} empty={<p>No customer yet</p>} actions={() => null} selection={chosen} />);
  return screen.findByRole("table", { name: "Customers" });
}

/** What a reader would stumble over; colours are the business of a real browser. */
async function violations(table: HTMLElement): Promise<string[]> {
  const found = await axe.run(table, { resultTypes: ["violations"], rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);
}

test("rows that still load have no header to be read out, and break no accessibility rule", async () => {
  const table = await showRows(null);
  expect(within(table).getAllByRole("row")).toHaveLength(13);
  expect(within(table).queryAllByRole("rowheader")).toEqual([]);
  expect(await violations(table)).toEqual([]);
});

test("a row that is there is named by its first column", async () => {
  const table = await showRows([{ id: "acc-1", name: "Ada" }]);
  expect(within(table).getByRole("rowheader")).toHaveTextContent("Ada");
  expect(await violations(table)).toEqual([]);
});

test("a table without rows says so and breaks no accessibility rule", async () => {
  const table = await showRows([]);
  expect(table).toHaveTextContent("No customer yet");
  expect(await violations(table)).toEqual([]);
});
