/** Every action of the viewer by keyboard. The help sheet is made from the same table. */

import { FIT, imageSize, zoomAt } from "../imaging/view";
import { CT_PRESETS } from "../imaging/window";
import { type Scene, step } from "./gestures";
import { placePoint, removeMeasurement, shapeOf } from "./measuring";
import { FRESH, type Tool } from "./model";

export interface Shortcut {
  /** As shown in the help sheet. */
  keys: readonly string[];
  /** Key of the sentence that says what it does. */
  help: ShortcutName;
  group: "stack" | "window" | "view" | "tools";
}
export type ShortcutName =
  | "slice"
  | "ends"
  | "cine"
  | "width"
  | "centre"
  | "defaultWindow"
  | "autoWindow"
  | "preset"
  | "invert"
  | "zoom"
  | "fit"
  | "oneToOne"
  | "pan"
  | "reset"
  | "windowTool"
  | "panTool"
  | "zoomTool"
  | "measureTool"
  | "angleTool"
  | "ellipseTool"
  | "rectangleTool"
  | "cross"
  | "place"
  | "goTo"
  | "clear"
  | "overlay"
  | "histogram"
  | "help";

export const SHORTCUTS: readonly Shortcut[] = [
  { group: "stack", keys: ["↑", "↓"], help: "slice" },
  { group: "stack", keys: ["Home", "End"], help: "ends" },
  { group: "stack", keys: ["Space"], help: "cine" },
  { group: "window", keys: ["Alt ←", "Alt →"], help: "width" },
  { group: "window", keys: ["Alt ↑", "Alt ↓"], help: "centre" },
  { group: "window", keys: ["D"], help: "defaultWindow" },
  { group: "window", keys: ["A"], help: "autoWindow" },
  { group: "window", keys: ["1 … 6"], help: "preset" },
  { group: "window", keys: ["I"], help: "invert" },
  { group: "view", keys: ["+", "−"], help: "zoom" },
  { group: "view", keys: ["F"], help: "fit" },
  { group: "view", keys: ["0"], help: "oneToOne" },
  { group: "view", keys: ["Shift ← ↑ → ↓"], help: "pan" },
  { group: "view", keys: ["R"], help: "reset" },
  { group: "view", keys: ["O"], help: "overlay" },
  { group: "view", keys: ["H"], help: "histogram" },
  { group: "tools", keys: ["W"], help: "windowTool" },
  { group: "tools", keys: ["P"], help: "panTool" },
  { group: "tools", keys: ["Z"], help: "zoomTool" },
  { group: "tools", keys: ["M"], help: "measureTool" },
  { group: "tools", keys: ["G"], help: "angleTool" },
  { group: "tools", keys: ["E"], help: "ellipseTool" },
  { group: "tools", keys: ["B"], help: "rectangleTool" },
  { group: "tools", keys: ["C"], help: "cross" },
  { group: "tools", keys: ["Enter"], help: "place" },
  { group: "tools", keys: ["Enter"], help: "goTo" },
  { group: "tools", keys: ["Del"], help: "clear" },
  { group: "tools", keys: ["?"], help: "help" },
];

const TOOLS: Record<string, Tool> = {
  w: "window",
  p: "pan",
  z: "zoom",
  m: "measure",
  g: "angle",
  e: "ellipse",
  b: "rectangle",
};
const PAN_STEP = 40;

/** Runs the action of a key; false if the key has none here. */
export function press(event: KeyboardEvent, scene: Scene): boolean {
  const { model } = scene;
  const state = model.get();
  const frame = scene.frame();
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.ctrlKey || event.metaKey) return false;
  const arrow = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  if (arrow) return arrows(event, arrow as [number, number], scene);
  if (key in TOOLS) model.set({ tool: TOOLS[key] as Tool, pending: null });
  else if (key === "Home") model.set({ index: 0 });
  else if (key === "End") model.set({ index: scene.count() - 1 });
  else if (key === "PageUp") step(model, -10, scene.count());
  else if (key === "PageDown") step(model, 10, scene.count());
  else if (key === " ") model.set({ cine: !state.cine && scene.count() > 1 });
  else if (key === "d") model.set({ window: null, auto: false });
  else if (key === "a") model.set({ window: null, auto: true });
  else if (key === "i") model.set({ invert: !state.invert });
  else if (key === "f") model.set({ view: FIT });
  else if (key === "r") model.set(FRESH);
  else if (key === "0") model.set({ view: { zoom: 1, x: 0, y: 0 } });
  else if (key === "o") model.set({ overlay: !state.overlay });
  else if (key === "h") model.set({ histogram: !state.histogram });
  else if (key === "+" || key === "=" || key === "-") {
    if (!frame) return false;
    const [size, area] = [imageSize(frame), scene.area()];
    model.set({ view: zoomAt(state.view, size, area, key === "-" ? 0.8 : 1.25, area.width / 2, area.height / 2) });
  } else if (/^[1-6]$/.test(key)) {
    const preset = CT_PRESETS[Number(key) - 1];
    if (!preset || frame?.unit !== "HU") return false;
    model.set({ window: preset.window });
  } else if (key === "c") {
    const cursor = frame ? { column: Math.floor(frame.columns / 2), row: Math.floor(frame.rows / 2) } : null;
    model.set(state.cross ? { cross: false, cursor: null } : { cross: true, cursor });
  } else if (key === "Enter" && state.cross && state.cursor && shapeOf(state.tool)) placePoint(model, state.cursor);
  else if (key === "Enter" && state.cross && state.cursor && scene.onPoint) scene.onPoint(state.cursor);
  else if (key === "Delete" || key === "Backspace") removeMeasurement(model);
  else if (key === "Escape" && (state.pending || state.cross)) model.set({ pending: null, cross: false, cursor: null });
  else return false;
  return true;
}

function arrows(event: KeyboardEvent, [dx, dy]: [number, number], scene: Scene): boolean {
  const { model } = scene;
  const state = model.get();
  if (event.altKey) {
    const [window, amount] = [scene.shownWindow(), scene.valueRange() / 50];
    const width = Math.max(1, window.width + dx * amount);
    model.set({ window: { center: window.center - dy * amount, width } });
  } else if (event.shiftKey) {
    model.set({ view: { ...state.view, x: state.view.x + dx * PAN_STEP, y: state.view.y + dy * PAN_STEP } });
  } else if (state.cross && state.cursor) {
    model.set({ cursor: { column: state.cursor.column + dx, row: state.cursor.row + dy } });
  } else if (scene.count() > 1) step(model, dx + dy, scene.count());
  else return false;
  return true;
}
