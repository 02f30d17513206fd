/** The state of a viewer. Several panes may share one model, which links them. */

import { useSyncExternalStore } from "react";
import type { Point } from "../../imaging/space/geometry";
import type { Measurement } from "../../imaging/space/measure";
import { FIT, type View } from "../../imaging/space/view";
import type { ColourMap } from "../../imaging/values/colourMaps";
import { ALL_LABELS, type LabelDrawing } from "../../imaging/values/paint";
import type { Window } from "../../imaging/values/window";

export type Tool = "window" | "scroll" | "pan" | "zoom" | "point" | "measure" | "angle" | "ellipse" | "rectangle";

export interface ViewerState {
  index: number;
  /** null uses the file's own default. */
  window: Window | null;
  /** Whether a plane without a chosen window takes the one that spans its values. */
  auto: boolean;
  invert: boolean;
  /** The colours of grey levels. */
  colours: ColourMap;
  labels: LabelDrawing;
  /** Whether magnified pixels run into one another, instead of being seen as blocks. */
  smooth: boolean;
  view: View;
  tool: Tool;
  cine: boolean;
  /** The rate that the user chose; null is the file's own, or the usual one. */
  framesPerSecond: number | null;
  overlay: boolean;
  histogram: boolean;
  /** Where the pointer or the keyboard's cross is, in image coordinates. */
  cursor: Point | null;
  /** Whether the arrow keys move the cross. */
  cross: boolean;
  measurements: readonly Measurement[];
  /** Those that were removed, the last one at the end. */
  removed: readonly Measurement[];
  /** The measurement that is selected, by its id. */
  selected: string | null;
  /** The measurement that is being drawn. */
  pending: Omit<Measurement, "id"> | null;
}

export interface Model {
  get(): ViewerState;
  set(change: Partial<ViewerState>): void;
  subscribe(listener: () => void): () => void;
}

export const INITIAL: ViewerState = {
  index: 0,
  window: null,
  auto: false,
  invert: false,
  colours: "grey",
  labels: ALL_LABELS,
  smooth: true,
  view: FIT,
  tool: "window",
  cine: false,
  framesPerSecond: null,
  overlay: true,
  histogram: false,
  cursor: null,
  cross: false,
  measurements: [],
  removed: [],
  selected: null,
  pending: null,
};

/** The state after a reset; the place in the stack, the tool and the measurements stay. */
export const FRESH = {
  window: null,
  auto: false,
  invert: false,
  colours: "grey",
  smooth: true,
  view: FIT,
  pending: null,
} satisfies Partial<ViewerState>;

export function createModel(start: Partial<ViewerState> = {}): Model {
  let state: ViewerState = { ...INITIAL, ...start };
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set(change) {
      state = { ...state, ...change };
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** A model linked to another in all but window and inversion: that of a result on a scale of its own. */
export function withOwnWindow(model: Model, start: Own = { window: null, auto: false, invert: false }): Model {
  let own = start;
  let base = model.get();
  let state: ViewerState = { ...base, ...own };
  const listeners = new Set<() => void>();
  return {
    get() {
      if (base !== model.get()) {
        base = model.get();
        state = { ...base, ...own };
      }
      return state;
    },
    set({ window, auto, invert, ...rest }) {
      own = {
        window: window === undefined ? own.window : window,
        auto: auto ?? own.auto,
        invert: invert ?? own.invert,
      };
      base = model.get();
      state = { ...base, ...own };
      model.set(rest);
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      const stop = model.subscribe(listener);
      return () => {
        listeners.delete(listener);
        stop();
      };
    },
  };
}
type Own = Pick<ViewerState, "window" | "auto" | "invert">;

/** Lets what ends a chosen window (Auto, the file's own, a reset) end that of the result, too. */
export function setBoth(model: Model, apart: Model, change: Partial<ViewerState>): void {
  model.set(change);
  if (change.window === null) apart.set({ window: null, auto: change.auto ?? false });
}

/** Renders again only if the selected part changes: a drag at 60 frames a second updates one line of text, not a tree. */
export function useModel<T>(model: Model, select: (state: ViewerState) => T): T {
  return useSyncExternalStore(model.subscribe, () => select(model.get()));
}
