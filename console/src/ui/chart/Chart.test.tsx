import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { showIn } from "../../test/render";
import { Chart, type ChartProps } from "./Chart";

const revenue: ChartProps = {
  title: "Revenue", kind: "columns", unit: { currency: "EUR" }, labels: ["Sep 2026", "Oct 2026"],
  series: [{ name: "Recurring", values: ["1200.00", "1310.50"] }, { name: "Usage", values: ["80.10", null] }],
};

test("a chart is a figure that says what it shows, keeps its room, and tells each value", async () => {
  showIn(<Chart {...revenue} height={200} />);
  const figure = await screen.findByRole("figure");
  expect(figure).toHaveStyle({ minHeight: "228px" });
  expect(figure).toHaveTextContent("Revenue: 2 points. The same figures are in the table.");
  expect([...figure.querySelectorAll("title")].map((title) => title.textContent)).toEqual(["Sep 2026\nRecurring: €1,200.00\nUsage: €80.10", "Oct 2026\nRecurring: €1,310.50"]);
  expect(figure.querySelectorAll(".chart-column")).toHaveLength(3);
});

test("the same figures are there as a table, a gap as none", async () => {
  const { user } = showIn(<Chart {...revenue} kind="lines" />);
  await user.click(await screen.findByRole("button", { name: "As table" }));
  const table = screen.getByRole("table", { name: "Revenue" });
  expect(within(table).getByRole("row", { name: /^Sep 2026/ })).toHaveTextContent("Sep 2026€1,200.00€80.10");
  expect(within(table).getByRole("row", { name: /^Oct 2026/ })).toHaveTextContent("none");
});

test("where there is nothing it says so, in the same room", async () => {
  showIn(<Chart {...revenue} series={[{ name: "Usage", values: [null, null] }]} />);
  expect(await screen.findByText("Nothing to show for this time")).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "As table" })).toBeNull();
});
