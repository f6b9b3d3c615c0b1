/** What came of recycling or discarding: how many it took, how many still wait, and the next ones where there are more. */
import type { ReactNode } from "react";
import { useI18n } from "../../../lib/i18n";
import { CommandOutcome } from "../../../ui/command/CommandOutcome";
import type { Command } from "../../../lib/useCommand";
import { Dialog } from "../../../ui/Dialog";

interface Props<Input> {
  command: Command<Input>;
  more: boolean;
  onNext: () => void;
  onClose: () => void;
  children: ReactNode;
}

export function Outcome<Input>({ command, more, onNext, onClose, children }: Props<Input>) {
  const { t } = useI18n();
  return (
    <Dialog
      title={t("quarantine.result")} onClose={onClose}
      footer={
        <>
          {more && <button type="button" className="button" disabled={command.isBusy} onClick={onNext}>{t(command.isBusy ? "command.processing" : "quarantine.again")}</button>}
          <button type="button" className="button primary" onClick={onClose}>{t("action.close")}</button>
        </>
      }
    >
      <div className="stack">
        <p role="status">{children}</p>
        {more && <p>{t("quarantine.more")}</p>}
        {!command.isBusy && <CommandOutcome command={command} fields="quarantine" />}
      </div>
    </Dialog>
  );
}

/** A selection that the API has no filter for. */
export function NotAsWhole({ title, onClose }: { title: string; onClose: () => void }) {
  const { t } = useI18n();
  return (
    <Dialog title={title} onClose={onClose} footer={<button type="button" className="button" onClick={onClose}>{t("action.close")}</button>}>
      <p>{t("quarantine.not_by_id")}</p>
    </Dialog>
  );
}
