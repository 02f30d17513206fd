/** Which letter or digit does what in the viewer: each can be changed, and is kept in the browser. */

import { observable } from "../../observable";
import { readItem, writeItem } from "../../storage";

export const DEFAULT_KEYS = {
  defaultWindow: "d",
  autoWindow: "a",
  invert: "i",
  colours: "k",
  smooth: "n",
  fit: "f",
  oneToOne: "0",
  turn: "t",
  flipSides: "x",
  flipUpright: "y",
  reset: "r",
  overlay: "o",
  histogram: "h",
  windowTool: "w",
  scrollTool: "s",
  panTool: "p",
  zoomTool: "z",
  pointTool: "v",
  measureTool: "m",
  angleTool: "g",
  ellipseTool: "e",
  rectangleTool: "b",
  cross: "c",
} as const;
export type ActionName = keyof typeof DEFAULT_KEYS;
export type Keys = Readonly<Record<ActionName, string>>;

const NAMES = Object.keys(DEFAULT_KEYS) as ActionName[];
const ITEM = "imaging.keys";
/** 1 to 6 are the window presets. */
const ALLOWED = /^[\p{Ll}07-9]$/u;

/** The keys with another one for an action; the action that had it gets the one that is free now. */
export function withKey(keys: Keys, action: ActionName, key: string): Keys {
  const wanted = key.toLowerCase();
  if (!ALLOWED.test(wanted)) return keys;
  const other = actionOf(keys, wanted);
  return { ...keys, ...(other ? { [other]: keys[action] } : {}), [action]: wanted };
}

export function actionOf(keys: Keys, key: string): ActionName | undefined {
  return NAMES.find((name) => keys[name] === key);
}

/** The keys that are kept; the usual ones if what is kept is not one key for each action. */
export function readKeys(storage: Pick<Storage, "getItem"> | null): Keys {
  const found = readItem<Record<string, unknown>>(storage, ITEM);
  const kept = found && typeof found === "object" ? found : {};
  const keys = {
    ...DEFAULT_KEYS,
    ...Object.fromEntries(NAMES.flatMap((name) => (name in kept ? [[name, kept[name]]] : []))),
  };
  const all = Object.values<unknown>(keys);
  const sound = all.every((key) => typeof key === "string" && ALLOWED.test(key)) && new Set(all).size === all.length;
  return sound ? (keys as Keys) : DEFAULT_KEYS;
}

export const hotkeys = observable<Record<ActionName, string>>(
  readKeys(typeof localStorage === "undefined" ? null : localStorage),
);

/** Whether the browser's storage had room for the keys that were chosen last. */
export const keysKept = observable({ kept: true });

/** Changes the keys and keeps what differs from the usual ones. */
export function keepKeys(keys: Keys): void {
  hotkeys.set(keys);
  const own = NAMES.filter((name) => keys[name] !== DEFAULT_KEYS[name]);
  const kept = own.length ? Object.fromEntries(own.map((name) => [name, keys[name]])) : null;
  keysKept.set({ kept: writeItem(localStorage, ITEM, kept) });
}
