/**
 * The icons of the console: 16 px strokes in the text's colour, drawn here so that the shell needs no icon package.
 *
 * An icon says nothing to a screen reader: the word beside it, or the button's label, does.
 */
const shapes = {
  overview: "M2.5 8.5 8 3l5.5 5.5M4 7.5V13h8V7.5M6.8 13V9.8h2.4V13",
  invoice: "M4 2.5h8v11l-2-1.2-2 1.2-2-1.2-2 1.2zM6.3 6h3.4M6.3 8.7h3.4",
  search: "M7.2 11.7a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.5 10.5l3 3",
  check: "m3 8.5 3.2 3.2L13 4.8",
  checkCircle: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM5.4 8.2l1.8 1.8 3.4-3.7",
  circle: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12Z",
  half: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 2v12M8 5h3.2M8 8h4.2M8 11h3.2",
  warning: "M8 2.5 14 13H2zM8 6.5v3M8 11.2v.1",
  error: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM5.9 5.9l4.2 4.2M10.1 5.9l-4.2 4.2",
  info: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 7.4v3.4M8 5.1v.1",
  draft: "m3 13 .6-2.8L10.8 3l2.2 2.2-7.2 7.2zM9.3 4.5l2.2 2.2",
  lock: "M4 7.5h8v6H4zM5.7 7.5V5.3a2.3 2.3 0 0 1 4.6 0v2.2",
  sent: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 10.7V5.3M5.8 7.4 8 5.3l2.2 2.1",
  void: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM3.9 3.9l8.2 8.2",
  clock: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 4.8V8l2.2 1.6",
  copy: "M5.5 5.5h7.5v8H5.5zM10.5 5.5v-3H3v8h2.5",
  pdf: "M4 2.5h5.5L12 5v8.5H4zM9.3 2.6V5.3H12M8 7v4M6.2 9.3 8 11l1.8-1.7",
  left: "M10 3.5 5.5 8l4.5 4.5",
  right: "M6 3.5 10.5 8 6 12.5",
  down: "M3.5 6 8 10.5 12.5 6",
  up: "M3.5 10 8 5.5l4.5 4.5",
  menu: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
  close: "m4 4 8 8M12 4l-8 8",
  refresh: "M13 7A5.2 5.2 0 0 0 3.6 5.2M3 9a5.2 5.2 0 0 0 9.4 1.8M3.4 2.6v2.8h2.8M12.6 13.4v-2.8H9.8",
  pause: "M5.8 4v8M10.2 4v8",
  columns: "M2.5 3.5h11v9h-11zM6.2 3.5v9M9.8 3.5v9",
  more: "M3.8 8v.1M8 8v.1M12.2 8v.1",
  sun: "M8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6ZM8 1.8v1.4M8 12.8v1.4M1.8 8h1.4M12.8 8h1.4M3.6 3.6l1 1M11.4 11.4l1 1M12.4 3.6l-1 1M4.6 11.4l-1 1",
  moon: "M13 9.6A5.5 5.5 0 0 1 6.4 3 5.5 5.5 0 1 0 13 9.6Z",
  screen: "M2.5 3.5h11v7.5h-11zM6 13.5h4M8 11v2.5",
  user: "M8 8a2.6 2.6 0 1 0 0-5.2A2.6 2.6 0 0 0 8 8ZM3 13.4c.5-2.4 2.5-3.6 5-3.6s4.5 1.2 5 3.6",
  eye: "M1.8 8S4 4 8 4s6.2 4 6.2 4-2.2 4-6.2 4-6.2-4-6.2-4ZM8 9.7a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4Z",
  eyeOff: "M3 3l10 10M6.5 4.2A6 6 0 0 1 8 4c4 0 6.2 4 6.2 4a10 10 0 0 1-1.7 2.2M4.2 5.3A10 10 0 0 0 1.8 8S4 12 8 12a6 6 0 0 0 2.7-.6",
  keyboard: "M1.8 4.5h12.4v7H1.8zM4.3 7v.1M6.8 7v.1M9.3 7v.1M11.8 7v.1M5 9.4h6",
  external: "M6.5 3.5h-3v9h9v-3M9 3h4v4M13 3 7.5 8.5",
  signOut: "M9.5 3.5h-6v9h6M6.5 8h7.2M11.3 5.6 13.7 8l-2.4 2.4",
  service: "M2.5 3h11v4h-11zM2.5 9h11v4h-11zM4.8 5v.1M4.8 11v.1",
  plus: "M8 3.5v9M3.5 8h9",
  tag: "M2.5 8.2V2.5h5.7l5.3 5.3-5.7 5.7zM5.4 5.4v.1",
  calendar: "M2.5 3.8h11v9.7h-11zM2.5 6.8h11M5.3 2.3v2.6M10.7 2.3v2.6",
  people: "M6 7.8a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6ZM1.8 13c.4-2.2 2-3.3 4.2-3.3s3.8 1.1 4.2 3.3M10.6 3.4a2.2 2.2 0 0 1 0 4.2M12 10c1.2.5 2 1.5 2.2 3",
  play: "M5 3.5 12 8l-7 4.5z",
  chart: "M2.5 2.5v11h11M5 10.5l2.7-3.2 2.2 1.8L13.3 5",
  health: "M2 8.5h3l1.6-4 2.6 7.5 1.7-3.5H14",
  usage: "M2.5 13.5h11M4.3 13.5V9M8 13.5V3.5M11.7 13.5V6.5",
  gear: "M2.5 4.5h5M10.5 4.5h3M2.5 8h2M7.5 8h6M2.5 11.5h6M11.5 11.5h2M9 3v3M6 6.5v3M10 10v3",
  swap: "M3 5.5h9.5M10 3l2.5 2.5L10 8M13 10.5H3.5M6 8l-2.5 2.5L6 13",
} as const;

export type IconName = keyof typeof shapes;

/** Arrows that point the other way where text runs from right to left. */
const directed: readonly IconName[] = ["left", "right", "external", "signOut"];

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      className={directed.includes(name) ? "icon-svg directed" : "icon-svg"}
      width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false"
      fill="none" stroke="currentColor" strokeWidth={name === "more" ? 2 : 1.5} strokeLinecap="round" strokeLinejoin="round"
    >
      <path d={shapes[name]} />
    </svg>
  );
}
