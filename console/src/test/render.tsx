/** Shows the whole application at a path, or one component in what it needs around it, as a signed-in reader. */
import { QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { lazy, Suspense, useEffect, type ReactNode } from "react";
import { MemoryRouter, useLocation } from "react-router";
import { AppRoutes } from "../app/App";
import { endSession } from "../features/identity/session";
import { I18nProvider } from "../lib/i18n";
import { rooms } from "../lib/i18n/en";
import { withWords } from "../lib/i18n/words";
import { makeQueryClient } from "../lib/queries";
import { Toasts } from "../ui/Toasts";

export function showAt(path: string) {
  return show(<AppRoutes />, path);
}

/** `children` with the client of the API, all words, a router at `path`, and toasts. */
export function showIn(children: ReactNode, path = "/") {
  return show(<AllWords>{children}</AllWords>, path);
}

/** What a page would have brought with it. */
const AllWords = lazy(withWords(rooms, async () => ({ default: ({ children }: { children: ReactNode }) => <>{children}</> })));

function show(children: ReactNode, path: string) {
  const client = makeQueryClient(endSession);
  client.setDefaultOptions({ queries: { ...client.getDefaultOptions().queries, retry: false } });
  const place = { current: path };
  const user = userEvent.setup();
  render(
    <QueryClientProvider client={client}>
      <I18nProvider>
        <MemoryRouter initialEntries={[path]}>
          <Suspense fallback={null}>
            {children}
          </Suspense>
          <Place onChange={(path) => { place.current = path; }} />
        </MemoryRouter>
        <Toasts />
      </I18nProvider>
    </QueryClientProvider>,
  );
  return { user, place, client };
}

/** Tells the router's path, for a test to read. */
function Place({ onChange }: { onChange: (path: string) => void }) {
  const { pathname, search } = useLocation();
  useEffect(() => onChange(`${pathname}${search}`));
  return null;
}
