import { screen } from "@testing-library/react";
import { delay, http } from "msw";
import { expect, test } from "vitest";
import { problem } from "../../mock/answers";
import { showAt } from "../test/render";
import { server } from "../test/setup";

const pages = [["/reports/ar-aging", "AR aging"], ["/journal/entries/invoicing-1-4-20261101", "invoicing-1-4-20261101"]] as const;

test.each(pages)("%s has its heading while it loads", async (path, heading) => {
  server.use(http.get(/\/v1\/(reports|journal)/, () => delay("infinite")));
  showAt(path);
  expect(await screen.findByRole("heading", { level: 1, name: heading })).toBeInTheDocument();
});

test.each(pages)("%s has its heading where it is refused to the reader's role", async (path, heading) => {
  server.use(http.get(/\/v1\/(reports|journal)/, () => problem(403, "Forbidden")));
  showAt(path);
  expect(await screen.findByText("This is not open to your role")).toBeInTheDocument();
  expect(screen.getByRole("heading", { level: 1, name: heading })).toBeInTheDocument();
});
