/** The place of an image on the screen: zoom and pan, and conversion between both coordinate systems. */

import type { Frame } from "./frame";

export interface View {
  /** Screen pixels for one image column; null fits the image to the area. */
  zoom: number | null;
  /** Offset of the image's centre from the area's centre, in screen pixels. */
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

export const FIT: View = { zoom: null, x: 0, y: 0 };
const [SMALLEST, LARGEST] = [0.05, 40];

/** Width and height of the image in units of its columns: rows are as tall as the spacing or the pixels' shape says. */
export function imageSize({ rows, columns, geometry }: Pick<Frame, "rows" | "columns" | "geometry">): Size {
  const { spacing, aspect = 1 } = geometry;
  return { width: columns, height: rows * (spacing ? spacing[0] / spacing[1] : aspect) };
}

export function fitZoom(image: Size, area: Size): number {
  return Math.max(SMALLEST, Math.min(area.width / image.width, area.height / image.height));
}

/** Where the image is drawn: left and top edge and the zoom, in screen pixels. */
export function placement(view: View, image: Size, area: Size): { left: number; top: number; zoom: number } {
  const zoom = view.zoom ?? fitZoom(image, area);
  return {
    left: (area.width - image.width * zoom) / 2 + view.x,
    top: (area.height - image.height * zoom) / 2 + view.y,
    zoom,
  };
}

/** Zooms by a factor so that the point under (px, py) stays there. */
export function zoomAt(view: View, image: Size, area: Size, factor: number, px: number, py: number): View {
  const before = placement(view, image, area);
  const zoom = Math.min(LARGEST, Math.max(SMALLEST, before.zoom * factor));
  const ratio = zoom / before.zoom;
  const [left, top] = [px - (px - before.left) * ratio, py - (py - before.top) * ratio];
  return {
    zoom,
    x: left - (area.width - image.width * zoom) / 2,
    y: top - (area.height - image.height * zoom) / 2,
  };
}

/** The image coordinates (a pixel's centre is at its whole number) under a point of the screen. */
export function toImage(view: View, image: Size, area: Size, rows: number, px: number, py: number) {
  const at = placement(view, image, area);
  return {
    column: (px - at.left) / at.zoom - 0.5,
    row: ((py - at.top) / at.zoom) * (rows / image.height) - 0.5,
  };
}

/** The inverse of `toImage`. */
export function toScreen(view: View, image: Size, area: Size, rows: number, column: number, row: number) {
  const at = placement(view, image, area);
  return {
    x: at.left + (column + 0.5) * at.zoom,
    y: at.top + ((row + 0.5) * at.zoom * image.height) / rows,
  };
}
