/** Every action of the viewer by keyboard. */

import { fitted, flipped, imageSize, inPlace, oneToOne, turned, zoomAt } from "../../imaging/space/view";
import { COLOUR_MAPS } from "../../imaging/values/colourMaps";
import { CT_PRESETS } from "../../imaging/values/window";
import { placePoint, removeMeasurement, restoreMeasurement, shapeOf } from "../measure/measuring";
import { FRESH, type Tool, type ViewerState } from "../state/model";
import { type ActionName, actionOf, hotkeys } from "./hotkeys";
import type { Scene } from "./scene";
import { step } from "./step";

const PAN_STEP = 40;
const tool = (name: Tool) => () => ({ tool: name, pending: null });

/** What the keys that can be changed do to the state. */
export const ACTIONS: Record<ActionName, (state: ViewerState, scene: Scene) => Partial<ViewerState>> = {
  defaultWindow: () => ({ window: null, auto: false }),
  autoWindow: () => ({ window: null, auto: true }),
  invert: ({ invert }) => ({ invert: !invert }),
  colours: ({ colours }) => ({ colours: COLOUR_MAPS[(COLOUR_MAPS.indexOf(colours) + 1) % COLOUR_MAPS.length] }),
  smooth: ({ smooth }) => ({ smooth: !smooth }),
  fit: ({ view }) => ({ view: fitted(view) }),
  oneToOne: ({ view }) => ({ view: oneToOne(view) }),
  turn: ({ view }) => ({ view: turned(view, 1) }),
  flipSides: ({ view }) => ({ view: flipped(view, false) }),
  flipUpright: ({ view }) => ({ view: flipped(view, true) }),
  reset: () => FRESH,
  overlay: ({ overlay }) => ({ overlay: !overlay }),
  histogram: ({ histogram }) => ({ histogram: !histogram }),
  windowTool: tool("window"),
  scrollTool: tool("scroll"),
  panTool: tool("pan"),
  zoomTool: tool("zoom"),
  pointTool: tool("point"),
  measureTool: tool("measure"),
  angleTool: tool("angle"),
  ellipseTool: tool("ellipse"),
  rectangleTool: tool("rectangle"),
  cross({ cross }, scene) {
    const frame = scene.frame();
    const cursor = frame ? { column: Math.floor(frame.columns / 2), row: Math.floor(frame.rows / 2) } : null;
    return cross ? { cross: false, cursor: null } : { cross: true, cursor };
  },
};

/** Runs the action of a key; false if the key has none here. */
export function press(event: KeyboardEvent, scene: Scene): boolean {
  const { model } = scene;
  const state = model.get();
  const frame = scene.frame();
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.ctrlKey || event.metaKey) {
    if (key !== "z" || event.shiftKey || state.removed.length === 0) return false;
    restoreMeasurement(model);
    return true;
  }
  const arrow = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  if (arrow) return arrows(event, arrow as [number, number], scene);
  const action = actionOf(hotkeys.get(), key);
  if (action) model.set(ACTIONS[action](state, scene));
  else if (key === "Home") model.set({ index: 0 });
  else if (key === "End") model.set({ index: scene.count() - 1 });
  else if (key === "PageUp") step(model, -10, scene.count());
  else if (key === "PageDown") step(model, 10, scene.count());
  else if (key === " ") model.set({ cine: !state.cine && scene.count() > 1 });
  else if (key === "+" || key === "=" || key === "-") {
    if (!frame) return false;
    const [size, area] = [imageSize(frame), scene.area()];
    model.set({ view: zoomAt(state.view, size, area, key === "-" ? 0.8 : 1.25, area.width / 2, area.height / 2) });
  } else if (/^[1-6]$/.test(key)) {
    const preset = CT_PRESETS[Number(key) - 1];
    if (!preset || frame?.unit !== "HU") return false;
    model.set({ window: preset.window });
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
    const { zoom, x, y } = state.view;
    model.set({ view: inPlace(state.view, { zoom, x: x + dx * PAN_STEP, y: y + dy * PAN_STEP }) });
  } else if (state.cross && state.cursor) {
    model.set({ cursor: { column: state.cursor.column + dx, row: state.cursor.row + dy } });
  } else if (scene.count() > 1) step(model, dx + dy, scene.count());
  else return false;
  return true;
}
