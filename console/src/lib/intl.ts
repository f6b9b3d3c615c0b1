/**
 * The formats of `Intl`, each made once: making one costs a hundred times what using it does, and a list has hundreds of values.
 *
 *     numberFormat("de", { style: "percent" }).format(0.4)      dateTimeFormat("en-GB", { month: "short", timeZone: "UTC" }).format(at)
 *
 * What it is made of names it, so a zone is always said: one that is left out would stay the machine's of the first use.
 */
type Kind = "NumberFormat" | "DateTimeFormat" | "PluralRules";

const made: Record<string, unknown> = {};

export function numberFormat(locale: string, options?: Intl.NumberFormatOptions): Intl.NumberFormat {
  return once("NumberFormat", locale, options);
}

export function dateTimeFormat(locale: string, options: Intl.DateTimeFormatOptions & { timeZone: string }): Intl.DateTimeFormat {
  return once("DateTimeFormat", locale, options);
}

export function pluralRules(locale: string): Intl.PluralRules {
  return once("PluralRules", locale);
}

function once<Of extends Kind>(kind: Of, locale: string, options?: object): InstanceType<(typeof Intl)[Of]> {
  return (made[kind + locale + JSON.stringify(options)] ??= new (Intl[kind] as new (locale: string, options?: object) => object)(locale, options)) as InstanceType<(typeof Intl)[Of]>;
}
