/**
 * Where a login leads back to: a path of this console, never another site's address.
 *
 *     returnPath("/invoices?status=paid")   // "/invoices?status=paid"
 *     returnPath("//elsewhere.example")     // "/"
 */
export function returnPath(next: string | null, origin: string = location.origin): string {
  if (!next?.startsWith("/")) return "/";
  try {
    const url = new URL(next, origin);
    return url.origin === origin && url.pathname !== "/login" ? `${url.pathname}${url.search}` : "/";
  } catch {
    // Not a URL at all, such as "//": the overview is always right.
    return "/";
  }
}
