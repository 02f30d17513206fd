/** The place of an image on the screen: zoom, pan, turn and flip, and conversion between both coordinate systems. */

import type { Frame } from "../frame";

export interface View {
  /** Screen pixels for one image column; null fits the image to the area. */
  zoom: number | null;
  /** Offset of the image's centre from the area's centre, in screen pixels. */
  x: number;
  y: number;
  /** Quarter turns clockwise, after the flip; none if it is left out. */
  turn?: 0 | 1 | 2 | 3;
  /** Whether left and right are exchanged. */
  flip?: boolean;
}

export interface Size {
  width: number;
  height: number;
}

export const FIT: View = { zoom: null, x: 0, y: 0 };
/** Of pixels of the page for one of the image. */
export const [SMALLEST, LARGEST] = [0.05, 40];

/** Width and height of the image in units of its columns: rows are as tall as the spacing or the pixels' shape says. */
export function imageSize({ rows, columns, geometry }: Pick<Frame, "rows" | "columns" | "geometry">): Size {
  const { spacing, aspect = 1 } = geometry;
  return { width: columns, height: rows * (spacing ? spacing[0] / spacing[1] : aspect) };
}

export function fitZoom(image: Size, area: Size): number {
  return Math.max(SMALLEST, Math.min(area.width / image.width, area.height / image.height));
}

/** Another view of the image in the same direction: turned and flipped as it is. */
export function inPlace({ turn, flip }: View, rest: Pick<View, "zoom" | "x" | "y">): View {
  return { ...rest, ...(turn ? { turn } : {}), ...(flip ? { flip } : {}) };
}

/** The whole image in the area. */
export const fitted = (view: View): View => inPlace(view, FIT);

/** One pixel of the device for each column of the image. */
export const oneToOne = (view: View): View => inPlace(view, { zoom: 1 / globalThis.devicePixelRatio, x: 0, y: 0 });

/** The view turned by quarter turns clockwise, as it is seen; its middle stays. */
export function turned(view: View, by: 1 | 3): View {
  const [x, y] = by === 1 ? [0 - view.y, view.x] : [view.y, 0 - view.x];
  return inPlace({ ...view, turn: (((view.turn ?? 0) + by) % 4) as View["turn"] }, { zoom: view.zoom, x, y });
}

/** The view with left and right exchanged, or top and bottom, as it is seen. */
export function flipped(view: View, upright: boolean): View {
  const turn = ((4 - (view.turn ?? 0) + (upright ? 2 : 0)) % 4) as View["turn"];
  const [x, y] = upright ? [view.x, 0 - view.y] : [0 - view.x, view.y];
  return inPlace({ ...view, turn, flip: !view.flip }, { zoom: view.zoom, x, y });
}

/** Where a direction of the image (along its rows, along its columns) points on the screen. */
export function onScreen({ turn = 0, flip }: View, x: number, y: number): readonly [number, number] {
  let [a, b] = [flip ? -x : x, y];
  for (let n = 0; n < turn; n++) [a, b] = [-b, a];
  return [a, b];
}

/** The size of the image as it is turned. */
function shownSize(view: View, { width, height }: Size): Size {
  return (view.turn ?? 0) % 2 ? { width: height, height: width } : { width, height };
}

/** Where the image is drawn: left and top edge and the zoom, in screen pixels. */
export function placement(view: View, image: Size, area: Size): { left: number; top: number; zoom: number } {
  const shown = shownSize(view, image);
  const zoom = view.zoom ?? fitZoom(shown, area);
  return {
    left: (area.width - shown.width * zoom) / 2 + view.x,
    top: (area.height - shown.height * zoom) / 2 + view.y,
    zoom,
  };
}

/** The six numbers of a style sheet's `matrix()` that draw a picture in the image's own pixels. */
export function matrixOf(view: View, image: Size, area: Size, rows: number): readonly number[] {
  const { zoom } = placement(view, image, area);
  const tall = (zoom * image.height) / rows;
  const [a, b] = onScreen(view, 1, 0).map((part) => part * zoom) as [number, number];
  const [c, d] = onScreen(view, 0, 1).map((part) => part * tall) as [number, number];
  const e = area.width / 2 + view.x - (a * image.width + c * rows) / 2;
  const f = area.height / 2 + view.y - (b * image.width + d * rows) / 2;
  return [a, b, c, d, e, f];
}

/** Zooms by a factor so that the point under (px, py) stays there. */
export function zoomAt(view: View, image: Size, area: Size, factor: number, px: number, py: number): View {
  const before = placement(view, image, area);
  const zoom = Math.min(LARGEST, Math.max(SMALLEST, before.zoom * factor));
  const ratio = zoom / before.zoom;
  const [middleX, middleY] = [px - area.width / 2, py - area.height / 2];
  return inPlace(view, {
    zoom,
    x: middleX - (middleX - view.x) * ratio,
    y: middleY - (middleY - view.y) * ratio,
  });
}

/** The image coordinates (a pixel's centre is at its whole number) under a point of the screen. */
export function toImage(view: View, image: Size, area: Size, rows: number, px: number, py: number) {
  const [a, b, c, d, e, f] = matrixOf(view, image, area, rows) as [number, number, number, number, number, number];
  const [dx, dy, area2] = [px - e, py - f, a * d - b * c];
  return { column: (d * dx - c * dy) / area2 - 0.5, row: (a * dy - b * dx) / area2 - 0.5 };
}

/** The inverse of `toImage`. */
export function toScreen(view: View, image: Size, area: Size, rows: number, column: number, row: number) {
  const [a, b, c, d, e, f] = matrixOf(view, image, area, rows) as [number, number, number, number, number, number];
  return { x: a * (column + 0.5) + c * (row + 0.5) + e, y: b * (column + 0.5) + d * (row + 0.5) + f };
}
