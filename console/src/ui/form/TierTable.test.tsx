import { screen } from "@testing-library/react";
import { useState } from "react";
import { expect, test } from "vitest";
import type { Tier } from "../../lib/form/values";
import { showIn } from "../../test/render";
import { TierTable } from "./TierTable";

function Page() {
  const [tiers, setTiers] = useState<readonly Tier[]>([]);
  return <><TierTable label="Tiers" columns={["up_to", "unit_price"]} tiers={tiers} onChange={setTiers} /><output>{JSON.stringify(tiers)}</output></>;
}

test("a tier begins where the one before ends, the last has no bound, and one taken away leaves no hole", async () => {
  const { user } = showIn(<Page />);
  const add = await screen.findByRole("button", { name: "Add a tier" });
  await user.click(add);
  await user.click(add);
  await user.type(screen.getByRole("textbox", { name: "Up to, tier 1" }), "200");
  await user.type(screen.getByRole("textbox", { name: "Unit price, tier 2" }), "0.05");
  expect(screen.getAllByRole("rowheader").map((cell) => cell.textContent)).toEqual(["0", "200"]);
  expect(screen.queryByRole("textbox", { name: "Up to, tier 2" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Remove tier 2" }));
  expect(JSON.parse(screen.getAllByRole("status")[0]?.textContent ?? "")).toEqual([{ up_to: "" }]);
});
