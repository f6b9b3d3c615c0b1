/** The application: its providers, the login, and behind a session the shell with its pages. */
import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { BrowserRouter, Route, Routes } from "react-router";
import { I18nProvider } from "../lib/i18n";
import { withWords } from "../lib/i18n/words";
import { useThemeOnDocument } from "../lib/theme";
import { Toasts } from "../ui/Toasts";
import { ErrorBoundary } from "./ErrorBoundary";
import { NotFound } from "./NotFound";
import { OpenPage } from "./OpenPage";
import { RequireSession } from "./RequireSession";
import { pages } from "./routes";

const LoginPage = lazy(withWords(["identity"], () => import("./pages/LoginPage")));
const ProviderPage = lazy(withWords(["identity", "kit"], () => import("./pages/ProviderPage")));
const SetPasswordPage = lazy(withWords(["identity"], () => import("./pages/SetPasswordPage")));
const CustomersOwnPage = lazy(withWords(["mypage", "kit"], () => import("./pages/MyPage")));
const Shell = lazy(withWords(["shell", "kit"], () => import("./Shell")));

export function App({ client }: { client: QueryClient }) {
  useThemeOnDocument();
  return (
    <QueryClientProvider client={client}>
      <I18nProvider>
        <BrowserRouter>
          <ErrorBoundary>
            <Suspense fallback={null}>
              <AppRoutes />
            </Suspense>
          </ErrorBoundary>
        </BrowserRouter>
        <Toasts />
      </I18nProvider>
    </QueryClientProvider>
  );
}

export function AppRoutes() {
  return (
    <Routes>
      <Route path="/login" element={<LoginPage />} />
      <Route path="/login/provider" element={<ProviderPage />} />
      <Route path="/set-password" element={<SetPasswordPage />} />
      <Route path="/customer-page" element={<CustomersOwnPage />} />
      <Route element={<RequireSession><Shell /></RequireSession>}>
        {pages.map(({ path, Component }) => <Route key={path} path={path} element={<OpenPage path={path}><Component /></OpenPage>} />)}
        <Route path="*" element={<NotFound />} />
      </Route>
    </Routes>
  );
}
