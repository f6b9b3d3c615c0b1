import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import "../ui/table/AntTable";
// Loaded before a test waits for them: a busy machine takes longer for it than a test waits.
import "../features/invoicing/taxTables/ExemptionDrawers";
import "../features/invoicing/taxTables/JurisdictionDrawer";
import "../features/invoicing/taxTables/TableImportDrawer";
import "../features/invoicing/taxTables/TaxRateDrawer";
import "./pages/TaxExemptionsPage";
import "./pages/TaxJurisdictionsPage";
import "./pages/TaxQuotePage";
import "./pages/TaxRatesPage";
import { showAt } from "../test/render";
import { sentTo } from "../test/sent";

/** The first page of a file brings the whole shell with it. */
const first = { timeout: 45_000 };

test("tax places are a tree that opens level by level; a link opens the way to one, with what it takes", async () => {
  const { user } = showAt("/settings?at=US-IL-CHI");
  const side = await screen.findByRole("complementary", { name: "Tax place" }, first);
  expect(await within(side).findByRole("heading", { name: "Chicago" })).toBeInTheDocument();
  expect(await within(side).findByRole("row", { name: /City telecom tax/ })).toHaveTextContent("voice");
  const tree = screen.getByRole("region", { name: "From the country down" });
  expect(await within(tree).findByRole("link", { name: "Chicago" })).toHaveAttribute("aria-current", "true");
  expect(within(tree).getByRole("button", { name: "What lies in Illinois" })).toHaveAttribute("aria-expanded", "true");
  const france = within(tree).getByRole("button", { name: "What lies in France" });
  expect(france).toHaveAttribute("aria-expanded", "false");
  await user.click(france);
  expect(await within(tree).findByText("Nothing lies in it")).toBeInTheDocument();
});

test("a tax place is changed by its version, and emptied fields are sent as empty", async () => {
  const sent = sentTo("/v1/tax/jurisdictions/US");
  const { user } = showAt("/settings?at=US");
  await user.click(await screen.findByRole("button", { name: "Change" }));
  await user.selectOptions(await screen.findByRole("combobox", { name: /^Rounding of its taxes/ }), "");
  await user.click(within(screen.getByRole("dialog", { name: "Change" })).getByRole("button", { name: "Save" }));
  expect(await screen.findByText("The tax place was changed")).toBeInTheDocument();
  expect(sent).toEqual([{ method: "PUT", version: "4", body: { level: "country", name: "United States", parent_id: null, codes: [], postal_codes: [], round_by: null } }]);
});

test("rates in force are listed with their class, kind and days, and lead to their tax place", async () => {
  showAt("/settings/tax-rates");
  const table = await screen.findByRole("table", { name: "Tax rates" });
  expect(await within(table).findByRole("row", { name: /FUSF/ })).toHaveTextContent(/US.*voice.*38.1.%.*Fee that is passed on/);
  expect(within(within(table).getByRole("row", { name: /City telecom/ })).getByRole("link", { name: "US-IL-CHI" })).toHaveAttribute("href", "/settings?at=US-IL-CHI");
});

test("a file of rates is looked at before it is stored: what is new, what changes from what to what, and where it is wrong", async () => {
  const sent = sentTo("/v1/tax/rates/import");
  const { user } = showAt("/settings/tax-rates");
  await user.click(await screen.findByRole("button", { name: "Import tax rates" }));
  const drawer = await screen.findByRole("dialog", { name: "Import tax rates" });
  const text = within(drawer).getByRole("textbox", { name: "or its text" });
  await user.type(text, "id;rate oops");
  await user.click(within(drawer).getByRole("button", { name: "See what follows" }));
  expect(await within(drawer).findByText("Line 2, rate:")).toBeInTheDocument();
  await user.clear(text);
  await user.type(text, "id;rate");
  await user.click(within(drawer).getByRole("button", { name: "See what follows" }));
  expect(await within(drawer).findByRole("row", { name: /^fr-vat ?changed/ })).toHaveTextContent("Rate 20 21");
  expect(drawer).toHaveTextContent("1 new, 1 changed, 3 as they are");
  await user.click(within(drawer).getByRole("button", { name: "Store 2 changes" }));
  expect(await screen.findByText("The file was stored")).toBeInTheDocument();
  expect(sent).toEqual([{ method: "POST", version: null, body: { csv: "id;rate" } }]);
});

test("a sale is tried out: what was refused stands at its field, then the tax with its rule, rate and place", async () => {
  const sent = sentTo("/v1/tax/quotes");
  const { user } = showAt("/settings/tax-quote");
  const ask = await screen.findByRole("button", { name: "Show the taxes" });
  await user.click(ask);
  expect(await screen.findByText("give the seller and its country")).toBeInTheDocument();
  await user.type(within(screen.getByRole("region", { name: "Who sells" })).getByRole("textbox", { name: /^Country/ }), "DE");
  const country = within(screen.getByRole("region", { name: "Where it is supplied" })).getByRole("textbox", { name: /^or address: country/ });
  await user.type(country, "HU");
  await user.click(ask);
  await waitFor(() => expect(country).toHaveAccessibleDescription("there is no tax jurisdiction HU"));
  await user.clear(country);
  await user.type(country, "FR");
  await user.click(ask);
  const row = await screen.findByRole("row", { name: /VAT/ });
  expect(row).toHaveTextContent(/Telecom to consumers in the EU.*Rate fr-vat, version 1.*€100.00.*20.%.*€20.00/);
  expect(screen.getByRole("region", { name: "What is taken, and why" })).toHaveTextContent("Total€120.00");
  expect(sent.at(-1)?.body).toMatchObject({ currency: "EUR", lines: [{ net: "100.00", product_tax_class: "telecom" }], seller: { country: "DE" }, ship_to: { country: "FR" } });
});

test("an exemption is ended on a day; one that has its end offers nothing", async () => {
  const sent = sentTo("/v1/tax/exemptions/ex-1/end");
  const { user } = showAt("/settings/tax-exemptions?status=all");
  await user.click(await screen.findByRole("button", { name: "Actions for GOV-17" }));
  expect(screen.queryByRole("button", { name: "End it" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Actions for E9999-0001-07" }));
  await user.click(await screen.findByRole("button", { name: "End it" }));
  await screen.findByLabelText("Ends before");
  await user.click(within(screen.getByRole("dialog", { name: "End the exemption E9999-0001-07" })).getByRole("button", { name: "End it" }));
  expect(await screen.findByText("The exemption ends")).toBeInTheDocument();
  expect(sent.map(({ body }) => Object.keys(body as object))).toEqual([["on"]]);
});
