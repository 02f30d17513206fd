/** Turns pointer and wheel events into changes of the model. */

import { dragWindow, type Window } from "../../imaging/values/window";
import { type Handle, movePoint, nearestPoint, placePoint, shapeOf } from "../measure/measuring";
import type { Tool } from "../state/model";
import type { Scene } from "./scene";
import { screenOf } from "./screen";
import { step, stepOf } from "./step";
import { wheelOf } from "./wheel";

/** How near to a point of a measurement a press takes hold of it, in screen pixels. */
const REACH = 10;

export function attach(element: HTMLElement, scene: Scene): () => void {
  const { model } = scene;
  const pointers = new Map<number, { x: number; y: number }>();
  let drag: {
    x: number;
    y: number;
    window: Window;
    index: number;
    mode: Tool;
    /** The point of a measurement that is dragged. */
    handle: Handle | null;
    moved: boolean;
  } | null = null;

  const { local, imagePoint, away, zoomBy, panBy } = screenOf(element, scene);

  const down = (event: PointerEvent) => {
    element.focus({ preventScroll: true });
    const at = local(event);
    pointers.set(event.pointerId, at);
    element.setPointerCapture(event.pointerId);
    if (pointers.size > 1) {
      drag = null;
      return;
    }
    const tool = event.button === 1 ? "pan" : event.button === 2 ? "zoom" : model.get().tool;
    const measures = shapeOf(tool) !== null;
    const handle = measures && !model.get().pending ? nearestPoint(model, (point) => away(point, at), REACH) : null;
    drag = { ...at, window: scene.shownWindow(), index: model.get().index, mode: tool, handle, moved: false };
    if (handle) model.set({ selected: handle.id });
    else if (measures) {
      const point = imagePoint(at);
      if (point) placePoint(model, point);
    }
  };

  const move = (event: PointerEvent) => {
    const at = local(event);
    const before = pointers.get(event.pointerId);
    const point = imagePoint(at);
    if (!model.get().cross) model.set({ cursor: point });
    if (!before) return;
    if (pointers.size === 2) pinch(event.pointerId, before, at);
    pointers.set(event.pointerId, at);
    if (!drag || pointers.size > 1) return;
    if (Math.hypot(at.x - drag.x, at.y - drag.y) > 3) drag.moved = true;
    if (drag.handle && point) movePoint(model, drag.handle, point);
    if (drag.mode === "window")
      model.set({ window: dragWindow(drag.window, at.x - drag.x, at.y - drag.y, scene.valueRange()) });
    if (drag.mode === "scroll") {
      const far = Math.round((at.y - drag.y) / stepOf(scene.area().height, scene.count()));
      step(model, drag.index + far - model.get().index, scene.count());
    }
    if (drag.mode === "pan") panBy(at.x - before.x, at.y - before.y);
    if (drag.mode === "zoom") zoomBy(1.01 ** (before.y - at.y), drag);
  };

  const pinch = (id: number, before: { x: number; y: number }, at: { x: number; y: number }) => {
    const other = [...pointers].find(([key]) => key !== id)?.[1];
    if (!other) return;
    const apart = (p: { x: number; y: number }) => Math.hypot(p.x - other.x, p.y - other.y);
    const middle = { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 };
    if (apart(before) > 0) zoomBy(apart(at) / apart(before), middle);
    panBy((at.x - before.x) / 2, (at.y - before.y) / 2);
  };

  const up = (event: PointerEvent) => {
    pointers.delete(event.pointerId);
    // A measurement of two points may be drawn by two clicks or by one drag.
    if (drag && !drag.handle && drag.moved && shapeOf(drag.mode)) {
      const point = imagePoint(local(event));
      if (point && model.get().pending) placePoint(model, point);
    }
    drag = null;
  };

  /** The browser has taken the pointer, for a gesture of its own: what was begun is no measurement. */
  const cancel = (event: PointerEvent) => {
    pointers.delete(event.pointerId);
    if (drag && shapeOf(drag.mode)) model.set({ pending: null });
    drag = null;
  };

  const leave = () => {
    if (!model.get().cross && pointers.size === 0) model.set({ cursor: null });
  };

  const wheel = wheelOf({ scene, panBy, zoomBy: (factor, event) => zoomBy(factor, local(event)) });

  const twice = (event: MouseEvent) => {
    const point = imagePoint(local(event));
    if (point && shapeOf(model.get().tool) === null) scene.onPoint?.(point);
  };

  const menu = (event: Event) => event.preventDefault();
  const listeners = {
    pointerdown: down,
    pointermove: move,
    pointerup: up,
    pointercancel: cancel,
    pointerleave: leave,
    wheel,
    dblclick: twice,
    contextmenu: menu,
  };
  for (const [name, listener] of Object.entries(listeners))
    element.addEventListener(name, listener as EventListener, { passive: false });
  return () => {
    for (const [name, listener] of Object.entries(listeners))
      element.removeEventListener(name, listener as EventListener);
  };
}
