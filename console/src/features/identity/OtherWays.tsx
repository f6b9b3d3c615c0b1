/** Ways to sign in without a password: a passkey, and the provider that the operator has set up. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { answer, api } from "../../lib/api";
import { useI18n, type Translate } from "../../lib/i18n";
import { ApiProblem } from "../../lib/problem";
import { Icon } from "../../ui/Icon";
import { askForPasskey, hasPasskeys, isTurnedAway } from "./passkey";
import { rememberNext, useEnter } from "./session";

const providerQuery = { queryKey: ["login-provider"], queryFn: ({ signal }: { signal: AbortSignal }) => answer(api.GET("/v1/session/provider", { signal })), staleTime: 60_000 };

/** `next`: the page to come to in the end. */
export function OtherWays({ next, onDone }: { next: string; onDone: () => void }) {
  const { t } = useI18n();
  const { data: provider } = useQuery(providerQuery);
  const byPasskey = useEnter(async () => answer(api.POST("/v1/session/passkey", { body: { credential: await askForPasskey() } })));
  const atProvider = useMutation({
    mutationFn: () => answer(api.POST("/v1/session/provider")),
    onSuccess: ({ url }) => {
      rememberNext(next);
      location.assign(url);
    },
  });
  const failed = isTurnedAway(byPasskey.error) ? atProvider.error : (byPasskey.error ?? atProvider.error);
  if (!provider?.name && !hasPasskeys()) return null;
  return (
    <div className="login-ways">
      <p className="login-or"><span>{t("login.or")}</span></p>
      {failed && <p role="alert" className="login-error"><Icon name="error" /> {reason(failed, t)}</p>}
      {provider?.name && (
        <button type="button" className="button" disabled={atProvider.isPending} onClick={() => atProvider.mutate()}>
          <Icon name="external" /> {t("login.with", { name: provider.name })}
        </button>
      )}
      {hasPasskeys() && (
        <button type="button" className="button" disabled={byPasskey.isPending} onClick={() => byPasskey.mutate(undefined, { onSuccess: onDone })}>
          <Icon name="lock" /> {t("login.with_passkey")}
        </button>
      )}
    </div>
  );
}

/** Why somebody did not come in, in the server's words; they name what to do. */
export function reason(error: Error, t: Translate): string {
  if (!(error instanceof ApiProblem)) return t("state.unreachable");
  if (error.status === 429) return t("login.locked", { count: error.retryAfter_s ?? 60 });
  if (error.errors[0]?.code === "wrong_passkey") return t("login.wrong_passkey");
  return error.detail ?? error.title;
}
