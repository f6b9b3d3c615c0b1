/** How long sessions last and whose role asks for a second factor; and, as the settings say, how people come in. */
import { useQuery } from "@tanstack/react-query";
import type { SubmitEvent } from "react";
import { answer, api, type Answer } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { Card } from "../../../ui/Card";
import { CommandOutcome } from "../../../ui/command/CommandOutcome";
import { Facts } from "../../../ui/Facts";
import { PageTitle } from "../../../ui/PageTitle";
import { ErrorState, Skeleton } from "../../../ui/States";
import { Nothing } from "../../../ui/Value";
import { rolesQuery } from "./parts";
import { RoleName } from "./userList";
import "./policy.css";

type Policy = Answer<"/v1/access-policy">;
type SignIn = Answer<"/v1/access-policy/sign-in">;
type Provider = NonNullable<SignIn["provider"]>;

const policyQuery = { queryKey: ["access-policy"], queryFn: ({ signal }: { signal?: AbortSignal }) => answer(api.GET("/v1/access-policy", { signal })) };
const signInQuery = { queryKey: ["access-policy", "sign-in"], queryFn: ({ signal }: { signal: AbortSignal }) => answer(api.GET("/v1/access-policy/sign-in", { signal })) };

export function AccessPolicy() {
  const { t } = useI18n();
  const { data: policy, error, refetch } = useQuery(policyQuery);
  const { data: signIn, error: signInError, refetch: readAgain } = useQuery(signInQuery);
  return (
    <>
      <PageTitle of={t("access_policy.title")} />
      <h1>{t("access_policy.title")}</h1>
      <Card title={t("access_policy.sessions")}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : policy ? <Form key={policy.version} policy={policy} /> : <Skeleton lines={5} />}
      </Card>
      <Card title={t("access_policy.ways")}>
        {signInError ? <ErrorState error={signInError} onRetry={() => void readAgain()} /> : signIn ? <Ways signIn={signIn} /> : <Skeleton lines={5} />}
      </Card>
    </>
  );
}

function Form({ policy }: { policy: Policy }) {
  const { t } = useI18n();
  const { data: roles } = useQuery(rolesQuery);
  const change = useCommand({
    words: "access_policy_change", touches: ["access-policy", "session"], version: () => policy.version, reread: () => answer(api.GET("/v1/access-policy")),
    send: (body: Omit<Policy, "version">, headers) => api.PUT("/v1/access-policy", { body, headers }),
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const written = new FormData(event.currentTarget);
    change.run({ idle_minutes: Number(written.get("idle_minutes")), session_hours: Number(written.get("session_hours")), second_factor_roles: written.getAll("role").map(String) }, policy);
  };
  return (
    <form className="stack policy-form" onSubmit={submit}>
      <label className="command-reason"><span>{t("access_policy.idle_minutes")}</span><input className="field" type="number" name="idle_minutes" min={5} max={1440} step={1} required defaultValue={policy.idle_minutes} /></label>
      <label className="command-reason"><span>{t("access_policy.session_hours")}</span><input className="field" type="number" name="session_hours" min={1} max={168} step={1} required defaultValue={policy.session_hours} /></label>
      <fieldset className="policy-roles">
        <legend>{t("access_policy.second_factor_roles")}</legend>
        {(roles?.items ?? []).filter(({ name }) => name !== "ingest").map(({ name }) => (
          <label key={name}><input type="checkbox" name="role" value={name} defaultChecked={policy.second_factor_roles.includes(name)} /> <RoleName role={name} /></label>
        ))}
      </fieldset>
      <p className="small muted">{t("access_policy.at_once")}</p>
      <CommandOutcome command={change} fields="access_policy" />
      <p><button type="submit" className="button primary" disabled={change.isBusy || !roles}>{t("access_policy.save")}</button></p>
    </form>
  );
}

function Ways({ signIn }: { signIn: SignIn }) {
  const { t } = useI18n();
  return (
    <div className="stack policy-ways">
      <Facts
        facts={[
          [t("access_policy.password"), t("access_policy.password_rule", { least: signIn.password_min, most: signIn.password_max })],
          [t("access_policy.passkeys"), signIn.origin ? <code dir="ltr">{signIn.origin}</code> : t("access_policy.no_origin")],
          [t("access_policy.provider"), signIn.provider ? signIn.provider.name : t("access_policy.no_provider")],
          ...(signIn.provider ? factsOf(signIn.provider, t) : []),
        ]}
      />
      <p className="small muted">{t("access_policy.by_settings")}</p>
    </div>
  );
}

function factsOf(provider: Provider, t: ReturnType<typeof useI18n>["t"]): (readonly [string, React.ReactNode])[] {
  const roles = provider.roles.map(({ group, role }) => <li key={group}><code dir="ltr">{group}</code> → <RoleName role={role} /></li>);
  return [
    [t("access_policy.issuer"), <code key="issuer" dir="ltr">{provider.issuer}</code>],
    [t("access_policy.client_id"), <code key="client" dir="ltr">{provider.client_id}</code>],
    [t("access_policy.callback"), provider.callback ? <code key="callback" dir="ltr">{provider.callback}</code> : <Nothing key="callback" />],
    [t("access_policy.join"), t(`access_policy.join_${provider.join}`)],
    [t("access_policy.email_domains"), provider.email_domains.length > 0 ? <span key="domains" dir="ltr">{provider.email_domains.join(", ")}</span> : t("access_policy.any_domain")],
    [t("access_policy.roles"), roles.length > 0 ? <ul key="roles" className="policy-groups">{roles}</ul> : t("access_policy.roles_here")],
    [t("access_policy.default_role"), provider.default_role ? <RoleName key="role" role={provider.default_role} /> : <Nothing key="role" />],
    [t("access_policy.second_factor"), t(`access_policy.second_factor_${provider.second_factor}`)],
  ];
}
