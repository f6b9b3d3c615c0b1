/**
 * Lets only a signed-in reader through, and one whose role asks for a second factor no further than to set it up; others go to the login, which brings them back here afterwards. While nobody
 * knows yet who reads, because the server is slow to answer, the page says so instead of staying blank.
 */
import { lazy, Suspense, type ReactNode } from "react";
import { Navigate, useLocation } from "react-router";
import { useHasSessionEnded, useSession } from "../features/identity/session";
import { withWords } from "../lib/i18n/words";
import { ErrorState, Waiting } from "../ui/States";

const SessionEnded = lazy(withWords(["identity"], async () => ({ default: (await import("../features/identity/SessionEnded")).SessionEnded })));
const EnrolPage = lazy(withWords(["identity", "own", "kit"], () => import("./pages/EnrolPage")));

export function RequireSession({ children }: { children: ReactNode }) {
  const { data, error, failureReason, refetch } = useSession();
  const hasEnded = useHasSessionEnded();
  const { pathname, search } = useLocation();
  if (data?.second_factor === "required") return <Suspense fallback={null}><EnrolPage /></Suspense>;
  if (data) return <>{children}{hasEnded && <Suspense fallback={null}><SessionEnded /></Suspense>}</>;
  if (data === null) {
    const here = `${pathname}${search}`;
    return <Navigate replace to={here === "/" ? "/login" : `/login?next=${encodeURIComponent(here)}`} />;
  }
  const failure = error ?? failureReason;
  return <main>{failure ? <ErrorState error={failure} onRetry={() => void refetch()} /> : <Waiting />}</main>;
}
