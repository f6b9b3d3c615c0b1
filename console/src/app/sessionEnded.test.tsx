import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { showAt } from "../test/render";
import { server, signedIn } from "../test/setup";

test("a session that ends over a form asks for the password, and what was written is still there", async () => {
  const { user, place } = showAt("/cycles?create=1");
  await user.type(await screen.findByLabelText("Name"), "Weekly");
  const drawer = screen.getByRole("dialog", { name: "New cycle" });
  signedIn.current = false;
  await user.click(within(drawer).getByRole("button", { name: "New cycle" }));
  const title = await screen.findByRole("heading", { name: "Your session has ended" });
  expect(place.current).toBe("/cycles?create=1");
  expect(screen.getByLabelText("Email")).toHaveValue("billing@demo.example");
  server.events.on("request:start", () => { signedIn.current = true; });
  await user.type(screen.getByLabelText("Password"), "right");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  await waitFor(() => expect(title).not.toBeInTheDocument());
  server.events.removeAllListeners();
  expect(within(drawer).getByLabelText("Name")).toHaveValue("Weekly");
});
