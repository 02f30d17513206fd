/** What each pane shows, and how that is written into an address. */

import type { PlaneName } from "../../imaging/volume/cut";
import type { Slab, SlabKind } from "../../imaging/volume/slab";

/** The series of the address, another one, or the result of a job. */
export type PaneSource =
  | { kind: "open" }
  | { kind: "series"; study: string; series: string }
  | { kind: "job"; job: string };

export interface PaneChoice {
  source: PaneSource;
  /** The planes as they are stored, or planes of the volume that they make. */
  plane: "stored" | PlaneName;
  /** Degrees by which the planes are turned about their rows and about their columns. */
  tilt: number;
  turn: number;
  slab: Slab;
  /** The words of an address that say with which plane and look it begins. */
  begin?: string;
}

/**
 * Which plane is looked at, and how, by pane, in the words of an address; none of the open series as it is stored, of
 * which the address itself tells.
 */
export type Places = Readonly<Record<number, string | undefined>>;

export interface Layout {
  count: 1 | 2 | 4;
  /** Four of them, however many are shown. */
  panes: readonly PaneChoice[];
  linked: boolean;
}

export const STORED: PaneChoice = {
  source: { kind: "open" },
  plane: "stored",
  tilt: 0,
  turn: 0,
  slab: { kind: "none", mm: 10 },
};
export const PLAIN: Layout = { count: 1, panes: [STORED, STORED, STORED, STORED], linked: true };
/** The planes of the patient beside the planes as they are stored. */
export const THREE_PLANES: Layout = {
  ...PLAIN,
  count: 4,
  panes: [{ ...STORED, plane: "axial" }, { ...STORED, plane: "coronal" }, { ...STORED, plane: "sagittal" }, STORED],
};

/** Whether one pane shows the planes of the open series as they are stored. */
export function isPlain({ count, panes }: Layout): boolean {
  return count === 1 && panes[0]?.plane === "stored" && panes[0].source.kind === "open";
}

export function withPane(layout: Layout, at: number, change: Partial<PaneChoice>): Layout {
  return { ...layout, panes: layout.panes.map((pane, n) => (n === at ? { ...pane, ...change } : pane)) };
}

/** The number of a plane, or a name and its value. */
const BEGIN = /^(at\d+|[a-z]+\..+)$/;
const PLANES: readonly string[] = ["axial", "coronal", "sagittal"];
const SLABS: readonly string[] = ["max", "min", "mean"];
const [MOST_DEGREES, MOST_MM] = [90, 200];

/** The layout as parameters of an address; none for a plain one. */
export function layoutQuery(layout: Layout, places: Places = {}): Record<string, string> {
  const panes = layout.panes
    .slice(0, layout.count)
    .map((pane, n) => [`pane${n + 1}`, paneText({ ...pane, begin: places[n] ?? pane.begin })] as const);
  return {
    ...(layout.count > 1 ? { panes: String(layout.count) } : {}),
    ...Object.fromEntries(panes.filter(([, text]) => text)),
    ...(layout.linked ? {} : { link: "off" }),
  };
}

/** The layout of an address; what it does not say, or says wrongly, is as it is in a plain one. */
export function layoutOf(query: string): Layout {
  const given = new URLSearchParams(query);
  const count = given.get("panes") === "4" ? 4 : given.get("panes") === "2" ? 2 : 1;
  return {
    count,
    panes: PLAIN.panes.map((_, n) => (n < count ? paneOf(given.get(`pane${n + 1}`) ?? "") : STORED)),
    linked: given.get("link") !== "off",
  };
}

function paneText({ source, plane, tilt, turn, slab, begin }: PaneChoice): string {
  const words = [
    ...(source.kind === "series" ? ["series", source.study, source.series] : []),
    ...(source.kind === "job" ? ["job", source.job] : []),
  ];
  const place = begin ? [begin] : [];
  if (plane === "stored") return [...words, ...(words.length ? place : [])].join(" ");
  words.push(plane);
  if (tilt) words.push(`tilt${tilt}`);
  if (turn) words.push(`turn${turn}`);
  if (slab.kind !== "none") words.push(`${slab.kind}${slab.mm}`);
  return [...words, ...place].join(" ");
}

function paneOf(text: string): PaneChoice {
  const given = text.split(" ").filter(Boolean);
  const [kind, first = "", second = ""] = given;
  const source: PaneSource =
    kind === "series" && second
      ? { kind, study: first, series: second }
      : kind === "job" && first
        ? { kind, job: first }
        : { kind: "open" };
  const told = given.slice(source.kind === "series" ? 3 : source.kind === "job" ? 2 : 0);
  const rest = told.filter((word) => !BEGIN.test(word));
  const plane = rest.find((word) => PLANES.includes(word)) as PlaneName | undefined;
  const words = told.filter((word) => BEGIN.test(word)).join(" ");
  const begin = words ? { begin: words } : {};
  if (!plane) return { ...STORED, source, ...(source.kind === "open" ? {} : begin) };
  const number = (name: string, most: number) => {
    const found = Number(rest.find((word) => word.startsWith(name))?.slice(name.length) ?? 0);
    return Number.isFinite(found) ? Math.max(-most, Math.min(most, found)) : 0;
  };
  const slab = SLABS.find((name) => number(name, MOST_MM) > 0);
  return {
    source,
    plane,
    ...begin,
    tilt: number("tilt", MOST_DEGREES),
    turn: number("turn", MOST_DEGREES),
    slab: slab ? { kind: slab as SlabKind, mm: number(slab, MOST_MM) } : STORED.slab,
  };
}
