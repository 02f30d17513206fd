/** The state of a viewer. Several panes may share one model, which links them. */

import { useSyncExternalStore } from "react";
import type { Point } from "../imaging/geometry";
import { FIT, type View } from "../imaging/view";
import type { Window } from "../imaging/window";

export type Tool = "window" | "pan" | "zoom" | "measure";

export interface ViewerState {
  index: number;
  /** null uses the file's own default. */
  window: Window | null;
  invert: boolean;
  view: View;
  tool: Tool;
  cine: boolean;
  framesPerSecond: number;
  overlay: boolean;
  histogram: boolean;
  /** Where the pointer or the keyboard's cross is, in image coordinates. */
  cursor: Point | null;
  /** Whether the arrow keys move the cross. */
  cross: boolean;
  /** Measured lines, by plane. */
  lines: readonly Line[];
  /** The first point of the line that is being drawn. */
  pending: (Point & { index: number }) | null;
}

export interface Line {
  id: number;
  index: number;
  a: Point;
  b: Point;
}

export interface Model {
  get(): ViewerState;
  set(change: Partial<ViewerState>): void;
  subscribe(listener: () => void): () => void;
}

export const INITIAL: ViewerState = {
  index: 0,
  window: null,
  invert: false,
  view: FIT,
  tool: "window",
  cine: false,
  framesPerSecond: 12,
  overlay: true,
  histogram: false,
  cursor: null,
  cross: false,
  lines: [],
  pending: null,
};

/** The state after a reset; the place in the stack and the tool stay. */
export const FRESH = {
  window: null,
  invert: false,
  view: FIT,
  lines: [],
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

/** Renders again only if the selected part changes: a drag at 60 frames a second updates one line of text, not a tree. */
export function useModel<T>(model: Model, select: (state: ViewerState) => T): T {
  return useSyncExternalStore(model.subscribe, () => select(model.get()));
}
