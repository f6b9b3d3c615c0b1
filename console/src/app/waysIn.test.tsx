/** The ways in beside a password, and what an administrator sees and changes of all of them. */
import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { afterEach, expect, test, vi } from "vitest";
import { problem } from "../../mock/answers";
import { showAt } from "../test/render";
import { server, signedIn } from "../test/setup";

afterEach(() => vi.unstubAllGlobals());

/** A browser that has passkeys, and a device that answers, or whose reader turns away. */
function withDevice(answers: "yes" | "turned away") {
  class Device {
    static parseRequestOptionsFromJSON = (options: unknown) => options;
    static parseCreationOptionsFromJSON = (options: unknown) => options;
    toJSON = () => ({ id: "c1", type: "public-key" });
  }
  vi.stubGlobal("PublicKeyCredential", Device);
  const act = () => (answers === "yes" ? Promise.resolve(new Device()) : Promise.reject(new DOMException("no", "NotAllowedError")));
  Object.defineProperty(navigator, "credentials", { configurable: true, value: { get: act, create: act } });
  server.use(http.post("*/v1/session/passkey-challenge", () => HttpResponse.json({ options: { challenge: "x" } })));
}

test("the login offers the operator's provider by its name, and comes back to the page that was asked for", async () => {
  signedIn.current = false;
  const sent: unknown[] = [];
  server.use(http.post("*/v1/session/provider/callback", async ({ request }) => {
    sent.push(await request.json());
    signedIn.current = true;
    return HttpResponse.json(await (await fetch(new URL("/v1/session", request.url))).json());
  }));
  sessionStorage.setItem("meterlog.next", "/invoices?status=paid");
  history.replaceState(null, "", "/login/provider?code=c-1&state=s-1");
  const { place } = showAt("/login/provider?code=c-1&state=s-1");
  await waitFor(() => expect(place.current).toBe("/invoices?status=paid"));
  expect(sent).toEqual([{ code: "c-1", state: "s-1" }]);
  expect(location.search).not.toContain("code");
});

test("a provider that does not let somebody in says why, with a way back", async () => {
  signedIn.current = false;
  server.use(http.post("*/v1/session/provider/callback", () => problem(403, "Forbidden", "nobody has invited you here; ask an administrator")));
  history.replaceState(null, "", "/login/provider?code=c-1&state=s-1");
  showAt("/login/provider?code=c-1&state=s-1");
  expect(await screen.findByRole("alert")).toHaveTextContent("nobody has invited you here");
  expect(screen.getByRole("link", { name: "Back to signing in" })).toHaveAttribute("href", "/login");
});

test("where there is no provider and the browser has no passkeys nothing is offered", async () => {
  signedIn.current = false;
  server.use(http.get("*/v1/session/provider", () => HttpResponse.json({ name: null })));
  showAt("/login");
  await screen.findByLabelText("Email");
  expect(screen.queryByText("or")).toBeNull();
});

test("a passkey signs in, and who turns away from the device is told nothing of a failure", async () => {
  signedIn.current = false;
  withDevice("turned away");
  const { user, place } = showAt("/login");
  await user.click(await screen.findByRole("button", { name: "Sign in with a passkey" }));
  expect(screen.queryByRole("alert")).toBeNull();
  vi.unstubAllGlobals();
  withDevice("yes");
  server.use(http.post("*/v1/session/passkey", async ({ request }) => {
    signedIn.current = true;
    return HttpResponse.json(await (await fetch(new URL("/v1/session", request.url))).json());
  }));
  await user.click(screen.getByRole("button", { name: "Sign in with a passkey" }));
  await waitFor(() => expect(place.current).toBe("/"));
});

test("the policy of access is changed with its version, and what the settings say is shown", async () => {
  const sent: { body: unknown; version: string | null }[] = [];
  server.use(http.put("*/v1/access-policy", async ({ request }) => {
    sent.push({ body: await request.json(), version: request.headers.get("If-Match") });
    return HttpResponse.json({ idle_minutes: 30, session_hours: 12, second_factor_roles: ["admin", "billing"], version: 4 });
  }));
  const { user } = showAt("/settings/access-policy");
  const idle = await screen.findByLabelText(/minutes without use/);
  await user.clear(idle);
  await user.type(idle, "30");
  await user.click(within(screen.getByRole("group", { name: "Roles that need a second factor" })).getByLabelText("Billing"));
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]?.body).toEqual({ idle_minutes: 30, session_hours: 12, second_factor_roles: ["admin", "billing"] });
  expect(sent[0]?.version).toContain("3");
  expect(screen.getByText("https://id.example.net/realms/acme")).toBeVisible();
});
