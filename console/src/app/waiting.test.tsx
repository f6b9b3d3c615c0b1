import { screen } from "@testing-library/react";
import { delay, http } from "msw";
import type { ReactNode } from "react";
import { expect, test } from "vitest";
import { problem } from "../../mock/answers";
import { EntryView } from "../features/reporting/journal/EntryView";
import { ReportView } from "../features/reporting/reports/ReportView";
import { showIn } from "../test/render";
import { server } from "../test/setup";

const asked = /\/v1\/(reports|journal)/;
const pages: readonly [string, ReactNode][] = [["AR aging", <ReportView key="report" name="ar-aging" />], ["invoicing-1-4-20261101", <EntryView key="entry" id="invoicing-1-4-20261101" />]];

test.each(pages)("%s has its heading while it loads", async (heading, page) => {
  server.use(http.get(asked, () => delay("infinite")));
  showIn(page);
  expect(await screen.findByRole("heading", { level: 1, name: heading })).toBeInTheDocument();
});

test.each(pages)("%s has its heading where it is refused to the reader's role", async (heading, page) => {
  server.use(http.get(asked, () => problem(403, "Forbidden")));
  showIn(page);
  expect(await screen.findByText("This is not open to your role")).toBeInTheDocument();
  expect(screen.getByRole("heading", { level: 1, name: heading })).toBeInTheDocument();
});
