/**
 * The saved views of a list: open one, save what is shown now under a name, delete one. Not there where the server does
 * not know of views.
 */
import { useState, type SubmitEvent } from "react";
import { Link, useLocation } from "react-router";
import { api } from "../../lib/api";
import { useI18n } from "../../lib/i18n";
import type { ListState } from "../../lib/listState";
import { useSavedViews, viewQuery, type SavedView } from "../../lib/savedViews";
import { useCommand } from "../../lib/useCommand";
import { Disclosure } from "../Disclosure";
import { Icon } from "../Icon";
import "./list.css";

export function SavedViews({ list, name }: { list: ListState; name: string }) {
  const { t } = useI18n();
  const { data: views } = useSavedViews(name);
  if (!views) return null;
  const current = views.find(({ id }) => id === list.get("view"));
  return (
    <Disclosure label={t("views.label")} button={<><Icon name="eye" /> {current?.name ?? t("views.label")}</>} className="button">
      {(close) => (
        <div className="saved-views">
          {views.length === 0 ? <p className="menu-item muted">{t("views.none")}</p> : (
            <ul aria-label={t("views.label")}>
              {views.map((view) => <View key={view.id} view={view} isCurrent={view === current} onOpen={close} />)}
            </ul>
          )}
          <hr />
          <SaveView name={name} list={list} onSaved={close} />
        </div>
      )}
    </Disclosure>
  );
}

function View({ view, isCurrent, onOpen }: { view: SavedView; isCurrent: boolean; onOpen: () => void }) {
  const { t } = useI18n();
  const remove = useCommand({
    words: "views_delete", touches: ["saved-views"], loud: true,
    send: (id: string, headers) => api.DELETE("/v1/saved-views/{view_id}", { params: { path: { view_id: id } }, headers }),
  });
  const to = `?${new URLSearchParams([...new URLSearchParams(view.query), ["view", view.id]]).toString()}`;
  const mayDelete = view.allowed_actions?.find(({ action }) => action === "delete");
  return (
    <li>
      <Link className="menu-item grow" to={to} aria-current={isCurrent || undefined} onClick={onOpen}>
        <span className="grow" dir="auto">{view.name}</span>{view.shared && <span className="small muted">{t("views.shared")}</span>}
      </Link>
      <button type="button" className="button quiet icon" aria-label={t("views.delete", { name: view.name })} title={mayDelete?.reason ?? undefined} disabled={remove.isBusy || mayDelete?.allowed === false} onClick={() => remove.run(view.id)}>
        <Icon name="close" size={14} />
      </button>
    </li>
  );
}

function SaveView({ name: list, list: state, onSaved }: { name: string; list: ListState; onSaved: () => void }) {
  const { t } = useI18n();
  const { search } = useLocation();
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const save = useCommand({
    words: "views", touches: ["saved-views"], loud: true,
    send: (body: { list: string; name: string; query: string; shared: boolean }, headers) => api.POST("/v1/saved-views", { body, headers }),
    onDone: ({ id }) => {
      state.set({ view: id });
      onSaved();
    },
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (name.trim() !== "") save.run({ list, name: name.trim(), query: viewQuery(search), shared });
  };
  return (
    <form onSubmit={submit}>
      <label className="small muted" htmlFor="view-name">{t("views.name")}</label>
      <input id="view-name" className="field" value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
      <label className="row"><input type="checkbox" checked={shared} onChange={(event) => setShared(event.target.checked)} /> {t("views.share")}</label>
      <button type="submit" className="button" disabled={save.isBusy || name.trim() === ""}>{t("views.save")}</button>
    </form>
  );
}
