/** The plane and the look of a pane as words of an address: "at12 window.40_400". */

import type { ViewerState } from "../state/model";
import { lookOf, lookQuery } from "./look";

/** What differs from how planes are first shown, and the plane, counted from 1. */
export function beginWords(state: ViewerState): string {
  const look = Object.entries(lookQuery(state, 0)).map(([name, value]) => `${name}.${value.replaceAll(" ", "_")}`);
  return [`at${state.index + 1}`, ...look].join(" ");
}

/** The state that the words tell of; what they do not say, or say wrongly, is left out. */
export function beginOf(words = ""): Partial<ViewerState> {
  const query = new URLSearchParams();
  let at = -1;
  for (const word of words.split(" ")) {
    const [, name, value] = /^([a-z]+)\.(.+)$/.exec(word) ?? [];
    if (name && value) query.set(name, value.replaceAll("_", " "));
    else if (/^at\d{1,7}$/.test(word)) at = Number(word.slice(2)) - 1;
  }
  const { frame, ...look } = lookOf(query.toString());
  return { ...look, ...(at < 0 ? {} : { index: at }) };
}
