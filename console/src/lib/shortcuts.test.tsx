import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { setPreference } from "./preferences";
import { useShortcuts, type Shortcuts } from "./shortcuts";

function Page({ shortcuts }: { shortcuts: Shortcuts }) {
  useShortcuts(shortcuts);
  return <input aria-label="field" />;
}

function show(...names: string[]) {
  const actions = Object.fromEntries(names.map((name) => [name, vi.fn()]));
  const { getByLabelText } = render(<Page shortcuts={actions} />);
  return { user: userEvent.setup(), actions, field: getByLabelText("field") };
}

test("two keys in a row make one shortcut", async () => {
  const { user, actions } = show("g i", "i");
  await user.keyboard("gi");
  expect(actions["g i"]).toHaveBeenCalledOnce();
  expect(actions["i"]).not.toHaveBeenCalled();
});

test("a key typed into a field is text, a combination still works there", async () => {
  const { user, actions, field } = show("r", "mod+k");
  await user.click(field);
  await user.keyboard("r{Control>}k{/Control}");
  expect(actions["r"]).not.toHaveBeenCalled();
  expect(actions["mod+k"]).toHaveBeenCalledOnce();
});

test("single keys can be switched off, combinations remain", async () => {
  const { user, actions } = show("r", "mod+k");
  setPreference("single_keys", false);
  await user.keyboard("r{Control>}k{/Control}");
  expect(actions["r"]).not.toHaveBeenCalled();
  expect(actions["mod+k"]).toHaveBeenCalledOnce();
});
