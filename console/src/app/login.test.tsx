import { screen, waitFor } from "@testing-library/react";
import { http } from "msw";
import { expect, test } from "vitest";
import { problem } from "../../mock/answers";
import { showAt } from "../test/render";
import { server, signedIn } from "../test/setup";

async function fill(user: ReturnType<typeof showAt>["user"], password: string) {
  await user.type(await screen.findByLabelText("Email"), "billing@demo.example");
  await user.type(screen.getByLabelText("Password"), password);
  await user.click(screen.getByRole("button", { name: "Sign in" }));
}

test("a page asked for without a session is shown after the login", async () => {
  signedIn.current = false;
  const { user, place } = showAt("/invoices?status=paid");
  await waitFor(() => expect(place.current).toBe("/login?next=%2Finvoices%3Fstatus%3Dpaid"));
  server.events.on("request:start", () => { signedIn.current = true; });
  await fill(user, "right");
  await waitFor(() => expect(place.current).toBe("/invoices?status=paid"));
  server.events.removeAllListeners();
});

test("a refused login says so, takes the focus, and keeps what was typed", async () => {
  signedIn.current = false;
  const { user } = showAt("/login");
  await fill(user, "wrong");
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent("Email or password is wrong");
  expect(alert).toHaveFocus();
  expect(screen.getByLabelText("Email")).toHaveValue("billing@demo.example");
});

test("after too many tries it tells how long to wait", async () => {
  signedIn.current = false;
  server.use(http.post("*/v1/session", () => {
    const response = problem(429, "Too many tries");
    response.headers.set("Retry-After", "30");
    return response;
  }));
  const { user } = showAt("/login");
  await fill(user, "right");
  expect(await screen.findByRole("alert")).toHaveTextContent("Try again in 30 seconds");
});

test("a session that ends leads to the login", async () => {
  const { user, place } = showAt("/");
  await screen.findByRole("heading", { name: "Overview" });
  await screen.findByText("41 overdue invoices");
  signedIn.current = false;
  await user.keyboard("r");
  await waitFor(() => expect(place.current).toBe("/login"));
});

test("signing out leads to the login and leaves nothing of what was read", async () => {
  const { user, place } = showAt("/");
  await screen.findByText("41 overdue invoices");
  await user.click(screen.getByRole("button", { name: "Your settings" }));
  server.use(http.delete("*/v1/session", () => {
    signedIn.current = false;
    return new Response(null, { status: 204 });
  }));
  await user.click(screen.getByRole("button", { name: "Sign out" }));
  await waitFor(() => expect(place.current).toBe("/login"));
  expect(screen.queryByText("41 overdue invoices")).toBeNull();
});

test("who signs in after a session that ended by itself is shown nothing that was read in it", async () => {
  const { user, place } = showAt("/");
  await screen.findByText("41 overdue invoices");
  signedIn.current = false;
  await user.keyboard("r");
  await waitFor(() => expect(place.current).toBe("/login"));
  server.use(http.get("*/v1/overview/attention", () => new Promise<never>(() => undefined)));
  server.events.on("request:start", () => { signedIn.current = true; });
  await fill(user, "right");
  await screen.findByRole("heading", { name: "Overview" });
  server.events.removeAllListeners();
  expect(screen.queryByText("41 overdue invoices")).toBeNull();
});
