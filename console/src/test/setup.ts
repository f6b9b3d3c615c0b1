/** Before each test file: what jsdom lacks, the mock API in place of the network, an English reader with no history. */
import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { answer } from "../../mock/answers";
import { forgetCorrections } from "../../mock/invoicing";
import { forgetKit } from "../../mock/kit";
import { forgetRetractions } from "../../mock/retractions";
import { rereadPreferences } from "../lib/preferences";
import { dismissAllToasts } from "../lib/toast";

// A page draws in milliseconds, but a machine may be busy with other things for seconds.
// The console hides nothing by style alone, so a look-up by role need not ask jsdom for the style of every ancestor.
configure({ asyncUtilTimeout: 15_000, defaultHidden: true });

// An English reader reads British dates, whatever the machine says.
Object.defineProperty(navigator, "languages", { configurable: true, value: ["en-GB"] });

const nothing = () => undefined;

class NoObserver {
  observe = nothing;
  unobserve = nothing;
  disconnect = nothing;
}

globalThis.ResizeObserver ??= NoObserver as unknown as typeof ResizeObserver;
window.matchMedia ??= (query) => ({ matches: false, media: query, addEventListener: nothing, removeEventListener: nothing }) as unknown as MediaQueryList;
window.scrollTo = nothing;
Element.prototype.scrollIntoView = nothing;
// jsdom knows <dialog> but not its modal side.
HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) { this.open = true; };
HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) { this.open = false; };

/** Whether the mock's cookie is there: a test that needs a signed-out reader clears it. */
export const signedIn = { current: true };

export const server = setupServer(
  http.get("*/readyz", ({ request }) => answer(request)),
  http.all("*/v1/*", ({ request }) => {
    const asked = new Request(request);
    if (signedIn.current) asked.headers.set("Cookie", "session=demo");
    return answer(asked);
  }),
);

beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
beforeEach(() => {
  localStorage.clear();
  rereadPreferences();
  signedIn.current = true;
  forgetKit();
  forgetCorrections();
  forgetRetractions();
  dismissAllToasts();
});
afterEach(() => {
  cleanup();
  server.resetHandlers();
});
afterAll(() => server.close());
