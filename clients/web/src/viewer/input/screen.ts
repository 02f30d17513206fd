/** Places on the screen and in the image that a pane shows. */

import type { Point } from "../../imaging/space/geometry";
import { imageSize, inPlace, toImage, toScreen, zoomAt } from "../../imaging/space/view";
import type { Scene } from "./scene";

/** Of the element: events' places in it, the image's points, and its zoom and pan. */
export function screenOf(element: HTMLElement, scene: Scene) {
  const { model } = scene;
  const local = (event: { clientX: number; clientY: number }) => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const imagePoint = (at: { x: number; y: number }): Point | null => {
    const frame = scene.frame();
    if (!frame) return null;
    const size = imageSize(frame);
    return toImage(model.get().view, size, scene.area(), frame.rows, at.x, at.y);
  };
  /** How far a point of the image is from one of the screen, in screen pixels. */
  const away = (point: Point, at: { x: number; y: number }) => {
    const frame = scene.frame();
    if (!frame) return Number.POSITIVE_INFINITY;
    const shown = toScreen(model.get().view, imageSize(frame), scene.area(), frame.rows, point.column, point.row);
    return Math.hypot(shown.x - at.x, shown.y - at.y);
  };
  const zoomBy = (factor: number, at: { x: number; y: number }) => {
    const frame = scene.frame();
    if (!frame) return;
    const size = imageSize(frame);
    model.set({ view: zoomAt(model.get().view, size, scene.area(), factor, at.x, at.y) });
  };
  const panBy = (dx: number, dy: number) => {
    const { view } = model.get();
    model.set({ view: inPlace(view, { zoom: view.zoom, x: view.x + dx, y: view.y + dy }) });
  };
  return { local, imagePoint, away, zoomBy, panBy };
}
