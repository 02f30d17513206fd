/** The window that a plane is shown through. */

import type { Frame } from "../../imaging/frame";
import { spanWindow, type Window } from "../../imaging/values/window";

/** The window that the user chose for a plane: "auto" is that of its own values; null is the plane's default. */
export function chosenWindow(frame: Frame, state: { window: Window | null; auto: boolean }): Window | null {
  if (frame.mask) return null;
  if (state.window || !state.auto) return state.window;
  const known = SPANS.get(frame) ?? spanWindow(frame.values, frame.rescale, frame.padding);
  SPANS.set(frame, known);
  return known;
}
const SPANS = new WeakMap<Frame, Window>();

/** The window of a plane unless the user chose another. */
export function defaultWindow(frame: Frame): Window {
  const known = DEFAULTS.get(frame) ?? frame.windows[0] ?? spanWindow(frame.values, frame.rescale, frame.padding);
  DEFAULTS.set(frame, known);
  return known;
}
const DEFAULTS = new WeakMap<Frame, Window>();
