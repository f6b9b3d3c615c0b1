import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
import { keys, users } from "../../mock/access";
import { problem } from "../../mock/answers";
// A busy machine may take longer to read a page's code than a test waits.
import "../features/identity/access/keyDialogs";
import "../features/identity/access/roleDialogs";
import "../features/identity/access/userDialogs";
import "../ui/table/AntTable";
import "./pages/AccountPage";
import "./pages/ApiKeysPage";
import "./pages/EnrolPage";
import "./pages/RolesPage";
import "./pages/UsersPage";
import "./Shell";
import { showAt } from "../test/render";
import { server, signedIn } from "../test/setup";

const admin = { email: "admin@demo.example", name: null, role: "admin", allowed: ["read", "write", "manage_access"], second_factor: "off", recovery_codes: 0, scopes: [] };
const asAdmin = (more: object = {}) => server.use(http.get("*/v1/session", () => HttpResponse.json({ ...admin, ...more })));

function sentTo(path: string, answer: () => Response) {
  const sent: { method: string; path: string; body: unknown }[] = [];
  server.use(http.all(path, async ({ request }) => {
    if (request.method === "GET") return undefined;
    const text = await request.text();
    sent.push({ method: request.method, path: new URL(request.url).pathname, body: text ? JSON.parse(text) : null });
    return answer();
  }));
  return sent;
}

test("a user is invited, and the link is shown this once", async () => {
  asAdmin();
  const sent = sentTo("*/v1/users", () => HttpResponse.json({ ...users[2], link: "/set-password#once", link_expires_at: "2026-11-26T08:00:00Z" }, { status: 201 }));
  const { user } = showAt("/settings/users?create=1");
  const drawer = await screen.findByRole("dialog", { name: "Invite a user" });
  await user.type(within(drawer).getByLabelText("E-mail"), "new@demo.example");
  await screen.findByRole("option", { name: "cashier" });
  await user.selectOptions(within(drawer).getByLabelText("Role"), "cashier");
  await user.click(within(drawer).getByRole("button", { name: "Invite a user" }));
  expect(await screen.findByText(`${location.origin}/set-password#once`)).toBeInTheDocument();
  expect(sent.map(({ body }) => body)).toEqual([{ email: "new@demo.example", role: "cashier" }]);
  await user.click(screen.getByRole("button", { name: "I have kept it" }));
  await waitFor(() => expect(screen.queryByText(`${location.origin}/set-password#once`)).not.toBeInTheDocument());
});

test("a user who is not to come any more is deactivated, and a refusal is told where it was asked", async () => {
  asAdmin();
  const sent = sentTo("*/v1/users/u2/deactivate", () => problem(409, "Conflict", "nobody would be left who manages access"));
  const { user } = showAt("/settings/users");
  expect(await screen.findByText("till@demo.example")).toBeInTheDocument();
  expect(screen.queryByText("gone@demo.example")).not.toBeInTheDocument();
  await user.click(await screen.findByRole("button", { name: "Actions for billing@demo.example" }));
  await user.click(screen.getByRole("button", { name: "Deactivate" }));
  const dialog = await screen.findByRole("dialog", { name: "Deactivate this user?" });
  await user.click(within(dialog).getByRole("button", { name: "Deactivate" }));
  expect(await within(dialog).findByRole("alert")).toHaveTextContent("nobody would be left");
  expect(sent).toHaveLength(1);
});

test("an API key is made with scopes and an end, and shown this once", async () => {
  asAdmin();
  const sent = sentTo("*/v1/api-keys", () => HttpResponse.json({ ...keys[1], key: "mk_k9_secret" }, { status: 201 }));
  const { user } = showAt("/settings/api-keys?create=1");
  const drawer = await screen.findByRole("dialog", { name: "New API key" });
  await user.type(within(drawer).getByLabelText("Name"), "ERP");
  await screen.findByRole("option", { name: "Billing" });
  await user.selectOptions(within(drawer).getByLabelText("Role"), "billing");
  await user.type(within(drawer).getByLabelText(/^Scopes/), "invoices:read payments:write");
  await user.click(within(drawer).getByRole("button", { name: "New API key" }));
  expect(await screen.findByText("mk_k9_secret")).toBeInTheDocument();
  expect(sent[0]?.body).toEqual({ name: "ERP", role: "billing", scopes: ["invoices:read", "payments:write"], expires_at: null });
});

test("a role of one's own is made; one that somebody has can't be deleted", async () => {
  asAdmin();
  const sent = sentTo("*/v1/roles", () => HttpResponse.json({}, { status: 201 }));
  const { user } = showAt("/settings/roles");
  expect(await screen.findByText("payments:write invoices:read")).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Delete" })).toBeDisabled();
  await user.click(screen.getByRole("button", { name: "New role" }));
  const drawer = await screen.findByRole("dialog", { name: "New role" });
  await user.type(within(drawer).getByLabelText(/^Name/), "reader");
  await user.selectOptions(within(drawer).getByLabelText("Based on"), "support");
  await user.type(within(drawer).getByLabelText(/^Scopes/), "invoices:read");
  await user.click(within(drawer).getByRole("button", { name: "New role" }));
  await waitFor(() => expect(sent.map(({ body }) => body)).toEqual([{ id: "reader", based_on: "support", description: "", scopes: ["invoices:read"] }]));
});

test("who has a second factor is asked for a code after the right password", async () => {
  signedIn.current = false;
  const bodies: unknown[] = [];
  server.use(http.post("*/v1/session", async ({ request }) => {
    const body = (await request.json()) as { code?: string };
    bodies.push(body);
    if (body.code === "123456") return HttpResponse.json(admin);
    const code = body.code ? "wrong_code" : "code_needed";
    return HttpResponse.json({ title: "Unauthorized", status: 401, detail: "a code", errors: [{ pointer: "/code", code, detail: "a code" }], trace_id: "t" }, { status: 401 });
  }));
  const { user, place } = showAt("/login");
  await user.type(await screen.findByLabelText("Email"), "admin@demo.example");
  await user.type(screen.getByLabelText("Password"), "right");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  const code = await screen.findByLabelText("Code of your authenticator app");
  expect(code).toHaveFocus();
  expect(screen.queryByRole("alert")).not.toBeInTheDocument();
  await user.type(code, "000000");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("not a code of now");
  await user.clear(code);
  await user.type(code, "123456");
  server.events.on("request:start", () => { signedIn.current = true; });
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  await waitFor(() => expect(place.current).toBe("/"));
  server.events.removeAllListeners();
  expect(bodies).toHaveLength(3);
});

test("a role that needs a second factor opens nothing until it is set up", async () => {
  let state = "required";
  server.use(http.get("*/v1/session", () => HttpResponse.json({ ...admin, allowed: [], second_factor: state })));
  const { user } = showAt("/invoices");
  expect(await screen.findByText(/Your role needs a second factor/)).toBeInTheDocument();
  expect(screen.queryByRole("navigation")).not.toBeInTheDocument();
  await user.type(screen.getByLabelText("Your password now"), "right");
  await user.click(screen.getByRole("button", { name: "Set up a second factor" }));
  expect(await screen.findByText("GEZDGNBVGY3TQOJQ")).toBeInTheDocument();
  await user.type(screen.getByLabelText("Code that the app shows"), "123456");
  await user.click(screen.getByRole("button", { name: "Confirm" }));
  expect(await screen.findByText("abcd-efgh-ijkl-mnop")).toBeInTheDocument();
  state = "on";
  await user.click(screen.getByRole("button", { name: "I have kept them" }));
  expect(await screen.findByRole("navigation", { name: "Main" })).toBeInTheDocument();
});

test("one's own password is changed and other sessions are ended", async () => {
  const changed = sentTo("*/v1/session/password", () => new HttpResponse(null, { status: 204 }));
  const ended = sentTo("*/v1/sessions/:id", () => new HttpResponse(null, { status: 204 }));
  const { user } = showAt("/account");
  await user.type(await screen.findByLabelText("Your password now", { selector: "#old-password" }), "the old one");
  await user.type(screen.getByLabelText("New password"), "another password");
  await user.click(screen.getByRole("button", { name: "Change the password" }));
  await waitFor(() => expect(changed.map(({ body }) => body)).toEqual([{ password: "the old one", new_password: "another password" }]));
  expect(await screen.findByText("This one")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Sign out" }));
  await waitFor(() => expect(ended).toMatchObject([{ method: "DELETE", path: "/v1/sessions/s2" }]));
});

test("a link sets a password and leaves the address at once", async () => {
  signedIn.current = false;
  history.replaceState(null, "", "/set-password#once");
  const sent = sentTo("*/v1/session/password-link", () => new HttpResponse(null, { status: 204 }));
  const { user, place } = showAt("/set-password");
  await user.type(await screen.findByLabelText("New password"), "another password");
  expect(location.hash).toBe("");
  await user.click(screen.getByRole("button", { name: "Set the password" }));
  await waitFor(() => expect(place.current).toBe("/login"));
  expect(sent[0]?.body).toEqual({ link: "once", password: "another password" });
});

test("who does not manage access sees the roles and no door to users and keys", async () => {
  showAt("/settings/roles");
  expect(await screen.findByRole("link", { name: "Roles" })).toBeInTheDocument();
  expect(screen.queryByRole("link", { name: "API keys" })).not.toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "New role" })).not.toBeInTheDocument();
});
