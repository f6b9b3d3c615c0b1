/** Lets only a signed-in reader through; others go to the login, which brings them back here afterwards. */
import type { ReactNode } from "react";
import { Navigate, useLocation } from "react-router";
import { useSession } from "../features/identity/session";
import { ErrorState } from "../ui/States";

export function RequireSession({ children }: { children: ReactNode }) {
  const { data, error, refetch } = useSession();
  const { pathname, search } = useLocation();
  if (data) return children;
  if (data === null) {
    const here = `${pathname}${search}`;
    return <Navigate replace to={here === "/" ? "/login" : `/login?next=${encodeURIComponent(here)}`} />;
  }
  return error && <main><ErrorState error={error} onRetry={() => void refetch()} /></main>;
}
