/** How an image is looked at, as parameters of an address: frame, window, inversion, zoom, direction, colours. */

import { inPlace, LARGEST, SMALLEST, type View } from "../../imaging/space/view";
import { COLOUR_MAPS } from "../../imaging/values/colourMaps";
import type { ViewerState } from "../state/model";

type Look = Pick<ViewerState, "window" | "auto" | "invert" | "view" | "colours" | "smooth">;

const round = (value: number) => Number(value.toFixed(3));

/** What differs from how an image is first shown; `frame` is counted from 0. */
export function lookQuery(
  { window, auto, invert, view, colours, smooth }: Look,
  frame: number,
): Record<string, string> {
  const moved = view.zoom !== null || view.x !== 0 || view.y !== 0;
  return {
    ...(frame > 0 ? { frame: String(frame + 1) } : {}),
    ...(window ? { window: `${round(window.center)} ${round(window.width)}` } : auto ? { window: "auto" } : {}),
    ...(invert ? { invert: "1" } : {}),
    ...(moved ? { zoom: `${view.zoom === null ? "fit" : round(view.zoom)} ${round(view.x)} ${round(view.y)}` } : {}),
    ...(view.turn ? { turn: String(90 * view.turn) } : {}),
    ...(view.flip ? { flip: "1" } : {}),
    ...(colours === "grey" ? {} : { colours }),
    ...(smooth ? {} : { pixels: "blocks" }),
  };
}

/** The look of an address; what it does not say, or says wrongly, is as it is first shown. */
export function lookOf(query: string): Partial<Look> & { frame: number } {
  const given = new URLSearchParams(query);
  const numbers = (name: string) => (given.get(name) ?? "").split(" ").map(Number);
  const frame = Number(given.get("frame") ?? 1);
  const [center = Number.NaN, width = Number.NaN] = numbers("window");
  const [zoom = Number.NaN, x = Number.NaN, y = Number.NaN] = numbers("zoom");
  const fit = given.get("zoom")?.startsWith("fit ") ?? false;
  const moved = (fit || (zoom >= SMALLEST && zoom <= LARGEST)) && Number.isFinite(x) && Number.isFinite(y);
  const turn = ["90", "180", "270"].indexOf(given.get("turn") ?? "") + 1;
  const flip = given.get("flip") === "1";
  const colours = COLOUR_MAPS.find((one) => one === given.get("colours"));
  const place = moved ? { zoom: fit ? null : zoom, x, y } : { zoom: null, x: 0, y: 0 };
  return {
    frame: Number.isInteger(frame) && frame > 0 ? frame - 1 : 0,
    ...(Number.isFinite(center) && width > 0 ? { window: { center, width } } : {}),
    ...(given.get("window") === "auto" ? { auto: true } : {}),
    ...(given.get("invert") === "1" ? { invert: true } : {}),
    ...(moved || turn || flip ? { view: inPlace({ ...place, turn: turn as View["turn"], flip }, place) } : {}),
    ...(colours ? { colours } : {}),
    ...(given.get("pixels") === "blocks" ? { smooth: false } : {}),
  };
}
