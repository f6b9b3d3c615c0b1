/** What a file is called; one that was sent without a name says so. */
import { useI18n } from "../../../lib/i18n";
import type { UsageFile } from "./queries";

export function FileName({ file: { name } }: { file: Pick<UsageFile, "name"> }) {
  const { t } = useI18n();
  return <>{name || t("file.unnamed")}</>;
}
