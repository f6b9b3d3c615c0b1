/** What a file is, and how large. */
import { useI18n, useLabel } from "../../../lib/i18n";
import { sizeOf } from "./bytes";

export function Format({ format }: { format: string }) {
  const label = useLabel();
  return <>{label(`file_form.format_${format}`, format)}</>;
}

export function Size({ bytes }: { bytes: number }) {
  const { locale } = useI18n();
  return <span className="number" dir="auto">{sizeOf(locale, bytes)}</span>;
}
