/**
 * Lets only a signed-in reader through; others go to the login, which brings them back here afterwards. While nobody
 * knows yet who reads, because the server is slow to answer, the page says so instead of staying blank.
 */
import type { ReactNode } from "react";
import { Navigate, useLocation } from "react-router";
import { useSession } from "../features/identity/session";
import { ErrorState, Waiting } from "../ui/States";

export function RequireSession({ children }: { children: ReactNode }) {
  const { data, error, failureReason, refetch } = useSession();
  const { pathname, search } = useLocation();
  if (data) return children;
  if (data === null) {
    const here = `${pathname}${search}`;
    return <Navigate replace to={here === "/" ? "/login" : `/login?next=${encodeURIComponent(here)}`} />;
  }
  const failure = error ?? failureReason;
  return <main>{failure ? <ErrorState error={failure} onRetry={() => void refetch()} /> : <Waiting />}</main>;
}
