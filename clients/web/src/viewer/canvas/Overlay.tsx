/** The text over an image: attributes, value and position under the pointer, scale, directions, lines. */

import { Suspense, useCallback } from "react";
import { useT } from "../../i18n";
import type { Frame } from "../../imaging/frame";
import { scaleAt, scaleBar } from "../../imaging/space/geometry";
import { imageSize, placement, type Size } from "../../imaging/space/view";
import { colourTable } from "../../imaging/values/colourMaps";
import { difference, differenceRange } from "../../imaging/values/difference";
import type { Window } from "../../imaging/values/window";
import { decimal, short } from "../../ui/format";
import { lazy } from "../../ui/lazy";
import { Drawing } from "../measure/Drawing";
import { type Model, useModel } from "../state/model";
import { ColourScale } from "./ColourScale";
import classes from "./canvas.module.css";
import { Directions } from "./Directions";
import { Readout } from "./Readout";
import type { Mode } from "./render";

const FileNotes = lazy(() => import("./FileNotes"));
const UnknownFunction = lazy(() => import("./UnknownFunction"));

interface Props {
  model: Model;
  frame: Frame;
  /** The other image of a difference or a swipe, or the mask over the image. */
  second: Frame | null;
  mode: Mode;
  window: Window;
  area: Size;
  title: string;
  attributes: readonly (readonly [string, string])[];
  count: number;
}

/** Of a pane, in px, as in the style sheet: a sentence with the number would be cut off. */
const NARROW = 280;

/** The attributes that the page itself writes: an archive's text stays as it is. */
const OWN_FIGURES = ["spacing", "pixel"];

export function Overlay({ model, frame, second, mode, window, area, title, attributes, count }: Props) {
  const t = useT();
  const on = useModel(model, (s) => s.overlay);
  const index = useModel(model, (s) => s.index);
  const view = useModel(model, (s) => s.view);
  const image = imageSize(frame);
  // What is measured is what is painted.
  const painted = mode === "difference" && second ? difference(frame, second) : frame;
  const { zoom } = placement(view, image, area);
  const { meaning } = frame.geometry;
  const n = Math.min(index + 1, count);
  const spacing = scaleAt(frame.geometry);
  const bar = spacing && area.width > 1 ? scaleBar(spacing[1] / zoom, Math.min(140, area.width / 4)) : null;
  return (
    <>
      <Drawing model={model} frame={painted} area={area} view={view} />
      {on && <Directions frame={frame} view={view} />}
      <div className={`${classes.corner} ${classes.topLeft}`}>
        <div>
          <strong>{title}</strong>
        </div>
        {on &&
          attributes.map(([name, value]) => (
            <div key={name}>{OWN_FIGURES.includes(name) ? decimal(t, value) : value}</div>
          ))}
      </div>
      <div className={`${classes.corner} ${classes.topRight}`}>
        {count > 1 && (
          <div data-testid="slice">{area.width < NARROW ? `${n} / ${count}` : t("viewer.slice", { n, count })}</div>
        )}
        {on && (
          <>
            <Shown model={model} frame={frame} second={second} mode={mode} window={window} />
            <div>
              {frame.columns} × {frame.rows} · {Math.round(zoom * globalThis.devicePixelRatio * 100)} %
            </div>
            {frame.told && (
              <Suspense fallback={null}>
                <FileNotes told={frame.told} />
              </Suspense>
            )}
          </>
        )}
      </div>
      <div className={`${classes.corner} ${classes.bottomLeft}`}>
        <Readout model={model} frame={frame} second={second} mode={mode} />
      </div>
      <div className={`${classes.corner} ${classes.bottomRight}`}>
        {bar && (
          <div data-testid="scale">
            {bar.mm >= 10 && bar.mm % 10 === 0 ? `${bar.mm / 10} cm` : `${short(t, bar.mm, 2)} mm`}
            {meaning && meaning !== "patient" && ` ${t(`length.${meaning}`)}`}
            <span className={classes.scale} style={{ width: bar.pixels }} />
          </div>
        )}
      </div>
    </>
  );
}

/** What the grey levels or colours stand for: the window, or the range of a difference; nothing for labels and colours. */
function Shown({ model, frame, second, mode, window }: Pick<Props, "model" | "frame" | "second" | "mode" | "window">) {
  const t = useT();
  const colours = useModel(model, (s) => s.colours);
  const invert = useModel(model, (s) => s.invert) !== frame.invert;
  const own = useModel(model, (s) => !s.window && !s.auto);
  // A file's own table or sigmoid does not run evenly from one end of its window to the other.
  const curved = own && (frame.lut !== null || frame.fn === "SIGMOID");
  const colourAt = useCallback(
    (at: number) => colourTable(colours)?.[Math.round(255 * (invert ? 1 - at : at))] ?? 0,
    [colours, invert],
  );
  if (mode === "difference" && second) {
    const range = differenceRange(difference(frame, second));
    return <div data-testid="window">± {short(t, range)}</div>;
  }
  if (frame.samples !== 1 || frame.mask) return null;
  return (
    <>
      <div data-testid="window">{t("viewer.wl", { c: short(t, window.center), w: short(t, window.width) })}</div>
      {own && frame.unknownFunction && (
        <Suspense fallback={null}>
          <UnknownFunction name={frame.unknownFunction} />
        </Suspense>
      )}
      {colours !== "grey" && !curved && (
        <div data-testid="colours">
          {short(t, window.center - window.width / 2)} <ColourScale colourAt={colourAt} />{" "}
          {short(t, window.center + window.width / 2)}
        </div>
      )}
    </>
  );
}
