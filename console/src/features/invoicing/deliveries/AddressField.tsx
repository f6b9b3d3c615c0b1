/** Addresses that a mail goes to, with commas between; none for those of the account. */
export function AddressField({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <label className="command-reason">
      <span>{label}</span>
      <input className="field" type="text" inputMode="email" autoComplete="off" dir="ltr" maxLength={1000} value={value} onChange={(event) => onChange(event.target.value)} />
    </label>
  );
}

export function addressesIn(text: string): string[] {
  return text.split(/[\s,;]+/).filter((address) => address !== "");
}
