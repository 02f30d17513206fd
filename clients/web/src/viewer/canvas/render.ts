/** Paints a plane and its overlay on a canvas in the plane's own pixels. */

import type { Frame } from "../../imaging/frame";
import { type ColourMap, colourTable } from "../../imaging/values/colourMaps";
import { difference, differenceRange } from "../../imaging/values/difference";
import { blendMask, type LabelDrawing, paint, paintDifference } from "../../imaging/values/paint";
import type { Shade, Window } from "../../imaging/values/window";
import { defaultWindow } from "../state/window";

/** `beside` paints the image alone; its readout tells of the image below it, too. */
export type Mode = "image" | "difference" | "mask" | "beside";

export interface Look {
  mode: Mode;
  /** Opacity of the mask. */
  opacity: number;
  /** null uses the plane's own default. */
  window: Window | null;
  invert: boolean;
  colours: ColourMap;
  labels: LabelDrawing;
}

const BLACK = 0xff000000;

/** The pixels of a canvas, kept: a stack that is gone through would leave as many behind as it has planes. */
function imageFor(canvas: HTMLCanvasElement, context: CanvasRenderingContext2D): ImageData {
  const known = IMAGES.get(canvas);
  if (known?.width === canvas.width && known.height === canvas.height) return known;
  const image = context.createImageData(canvas.width, canvas.height);
  IMAGES.set(canvas, image);
  return image;
}
const IMAGES = new WeakMap<HTMLCanvasElement, ImageData>();

/** Paints the frame; `second` is the other image of a difference, or the mask. */
export function render(canvas: HTMLCanvasElement, frame: Frame, second: Frame | null, look: Look): void {
  if (canvas.width !== frame.columns || canvas.height !== frame.rows) {
    canvas.width = frame.columns;
    canvas.height = frame.rows;
  }
  const context = canvas.getContext("2d", { alpha: false, willReadFrequently: false });
  if (!context) return;
  const image = imageFor(canvas, context);
  const pixels = new Uint32Array(image.data.buffer);
  const shade: Shade = {
    window: look.window ?? defaultWindow(frame),
    fn: look.window ? "LINEAR" : frame.fn,
    invert: look.invert !== frame.invert,
    lut: look.window ? null : frame.lut,
    colours: colourTable(look.colours),
  };
  if (look.mode === "difference" && second) {
    const shown = difference(frame, second);
    paintDifference(shown, differenceRange(shown), pixels);
  } else if (frame.mask) {
    pixels.fill(BLACK);
    blendMask(pixels, frame, 1, look.labels);
  } else paint(frame, shade, pixels);
  if (look.mode === "mask" && second) blendMask(pixels, second, look.opacity, look.labels);
  context.putImageData(image, 0, 0);
}
