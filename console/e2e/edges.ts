/**
 * What lies beside the way: a page that does not exist, a reader who may not see everything, signing out, and a session
 * that ends while one works. None of it depends on the look, so it is walked once.
 */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { signIn, type Member, type Visit } from "./story.ts";

/** `page` is signed in as an administrator and is signed out at the end. */
export async function edges(page: Page, admin: Member, visit: Visit): Promise<void> {
  await page.goto("/no-such-page");
  await page.getByRole("link", { name: "To the overview" }).waitFor();
  await visit("not-found", page);

  const support = await addSupport(page);
  await signOut(page);
  await signIn(page, support);
  await seeAsSupport(page, visit);
  await signOut(page);

  await signIn(page, admin);
  await loseSession(page, admin);
  await signOut(page);
}

async function addSupport(page: Page): Promise<Member> {
  const member = { email: `support-${Date.now()}@demo.example`, password: "only-for-this-walk" };
  // What a page sends by itself: a write with a session says where it comes from.
  const headers = { Origin: new URL(page.url()).origin };
  const answer = await page.request.post("/v1/users", { data: { ...member, role: "support" }, headers });
  assert.equal(answer.status(), 201, await answer.text());
  return member;
}

/** The audit trail is not open to support: the overview stands without it, and nothing asks for it. */
async function seeAsSupport(page: Page, visit: Visit): Promise<void> {
  await page.getByRole("region", { name: "Services" }).getByRole("row").nth(1).waitFor();
  assert.equal(await page.getByRole("region", { name: "Recent events" }).count(), 0);
  await visit("overview-support", page);
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Your settings" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL("**/login**");
  assert.equal((await page.request.get("/v1/invoices")).status(), 401, "the session is over on the server too");
}

/** The next read finds no session: the login comes, and after it the page that one was on. */
async function loseSession(page: Page, member: Member): Promise<void> {
  await page.goto("/invoices?status=paid");
  await page.getByRole("heading", { name: "Invoices", level: 1 }).waitFor();
  await page.context().clearCookies();
  await page.keyboard.press("r");
  await page.waitForURL("**/login?next=*");
  await page.getByLabel("Email", { exact: true }).fill(member.email);
  await page.getByLabel("Password", { exact: true }).fill(member.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL("**/invoices?status=paid");
}
