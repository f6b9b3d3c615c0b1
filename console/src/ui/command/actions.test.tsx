import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { showIn } from "../../test/render";
import { ActionButtons } from "./ActionButtons";
import { ActionMenu } from "./ActionMenu";
import { offersFor, type Actions, type AllowedAction } from "./actions";

interface Thing {
  id: string;
  allowed_actions: AllowedAction[];
}

const actions: Actions<Thing> = {
  links: [{ icon: "pdf", label: "invoice.pdf", href: ({ id }) => `/v1/things/${id}/pdf` }],
  commands: {
    issue: { icon: "sent", label: "invoice.issue", Dialog: ({ thing, onClose }) => <button onClick={onClose}>{`asked for ${thing.id}`}</button> },
    void: { icon: "void", label: "invoices.tab_void", Dialog: () => null, when: ({ id }) => id !== "kept" },
  },
};

const thing = (id: string, ...allowed_actions: AllowedAction[]): Thing => ({ id, allowed_actions });

test("a command is offered when the server names it, and not because the console knows it", () => {
  const offers = offersFor(actions, thing("a", { action: "void", allowed: true }, { action: "melt", allowed: true }));
  expect(offers.map(({ action, allowed }) => [action, allowed])).toEqual([["void", true]]);
  expect(offersFor(actions, thing("kept", { action: "void", allowed: true }))).toEqual([]);
});

test("a menu shows what is legal and what is not, the latter disabled with its reason", async () => {
  const { user } = showIn(<ActionMenu thing={thing("a", { action: "issue", allowed: true }, { action: "void", allowed: false, reason: "It is paid" })} actions={actions} label="Actions for a" />);
  await user.click(await screen.findByRole("button", { name: "Actions for a" }));
  const menu = within(screen.getByRole("group", { name: "Actions for a" }));
  const blocked = menu.getByRole("button", { name: /^Void/ });
  expect(blocked).toBeDisabled();
  expect(blocked).toHaveAttribute("title", "It is paid");
  expect(blocked).toHaveTextContent("It is paid");
  await user.click(menu.getByRole("button", { name: "Issue" }));
  await user.click(await screen.findByText("asked for a"));
  expect(screen.queryByText("asked for a")).toBeNull();
});

test("beside the thing's own page they are buttons, and a reason describes its button", async () => {
  showIn(<ActionButtons thing={thing("a", { action: "void", allowed: false, reason: "It is paid" })} actions={actions} />);
  expect(await screen.findByRole("button", { name: "Void" })).toHaveAccessibleDescription("It is paid");
  expect(screen.getByRole("link", { name: "Open PDF" })).toHaveAttribute("href", "/v1/things/a/pdf");
});
