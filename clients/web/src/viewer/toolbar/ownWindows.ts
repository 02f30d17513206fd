/** Windows that the user keeps in the browser: apart for Hounsfield units, for which others mean nothing. */

import { NARROWEST, type Window } from "../../imaging/values/window";
import { readItem, writeItem } from "../../storage";

export interface OwnWindow extends Window {
  hounsfield: boolean;
}

const ITEM = "imaging.windows";
const MOST = 20;

export function readWindows(storage: Pick<Storage, "getItem">): readonly OwnWindow[] {
  const kept = readItem<OwnWindow[]>(storage, ITEM);
  const sound = ({ center, width, hounsfield }: OwnWindow) =>
    Number.isFinite(center) && width >= NARROWEST && typeof hounsfield === "boolean";
  return Array.isArray(kept) ? kept.filter((one) => one && sound(one)).slice(0, MOST) : [];
}

/** Keeps the windows; false if there is no room. */
export function writeWindows(storage: Pick<Storage, "setItem" | "removeItem">, all: readonly OwnWindow[]): boolean {
  return writeItem(storage, ITEM, all.length ? all : null);
}

/** The windows with one more, without the oldest if they are too many; the same if they have it. */
export function withWindow(all: readonly OwnWindow[], one: OwnWindow): readonly OwnWindow[] {
  return all.some((other) => alike(one, other)) ? all : [...all, one].slice(-MOST);
}

export function withoutWindow(all: readonly OwnWindow[], one: OwnWindow): readonly OwnWindow[] {
  return all.filter((other) => !alike(one, other));
}

const alike = (a: OwnWindow, b: OwnWindow) =>
  a.hounsfield === b.hounsfield && Math.abs(a.center - b.center) < 0.05 && Math.abs(a.width - b.width) < 0.05;
