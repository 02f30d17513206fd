/** Measurements and the keyboard's cross, in screen coordinates over the image. */

import { useT } from "../../i18n";
import type { Frame } from "../../imaging/frame";
import type { Point } from "../../imaging/space/geometry";
import { figures, type Measurement } from "../../imaging/space/measure";
import { imageSize, type Size, toScreen, type View } from "../../imaging/space/view";
import { type Model, useModel } from "../state/model";
import viewer from "../viewer.module.css";
import { figureText } from "./figureText";
import classes from "./measure.module.css";

interface Props {
  model: Model;
  frame: Frame;
  area: Size;
  view: View;
}
type Place = { x: number; y: number };

export function Drawing({ model, frame, area, view }: Props) {
  const { measurements, pending, index, cursor, cross, selected } = {
    measurements: useModel(model, (s) => s.measurements),
    pending: useModel(model, (s) => s.pending),
    index: useModel(model, (s) => s.index),
    cursor: useModel(model, (s) => (s.cross || s.pending ? s.cursor : null)),
    cross: useModel(model, (s) => s.cross),
    selected: useModel(model, (s) => s.selected),
  };
  const image = imageSize(frame);
  const at = (p: Point) => toScreen(view, image, area, frame.rows, p.column, p.row);
  const growing = pending && cursor ? [{ ...pending, id: "", points: [...pending.points, cursor] }] : [];
  return (
    <svg className={viewer.drawing} data-drawing aria-hidden="true">
      {[...measurements, ...growing]
        .filter((one) => one.index === index)
        .map((one) => (
          <g key={one.id} className={one.id === selected ? classes.selected : undefined} data-shape={one.shape}>
            <Outline shape={one.shape} places={one.points.map(at)} />
            <Figures frame={frame} measurement={one} place={at(one.points.at(-1) as Point)} wide={area.width} />
          </g>
        ))}
      {cross && cursor && <Cross {...at(cursor)} />}
    </svg>
  );
}

function Outline({ shape, places }: { shape: Measurement["shape"]; places: readonly Place[] }) {
  const [a, b = a] = places as [Place, Place?];
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  const [width, height] = [Math.abs(a.x - b.x), Math.abs(a.y - b.y)];
  return (
    <>
      {(shape === "length" || shape === "angle") && (
        <polyline className={classes.line} points={places.map((p) => `${p.x},${p.y}`).join(" ")} fill="none" />
      )}
      {shape === "rectangle" && <rect className={classes.line} {...{ x, y, width, height }} fill="none" />}
      {shape === "ellipse" && (
        <ellipse
          className={classes.line}
          cx={x + width / 2}
          cy={y + height / 2}
          rx={width / 2}
          ry={height / 2}
          fill="none"
        />
      )}
      {places.map((place, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a point is its place in the shape
        <circle key={n} className={classes.line} cx={place.x} cy={place.y} r="3" fill="none" />
      ))}
    </>
  );
}

interface FiguresProps {
  frame: Frame;
  measurement: Measurement;
  place: Place;
  wide: number;
}

/** What was measured, on the side of its last point that has room for it. */
function Figures({ frame, measurement, place, wide }: FiguresProps) {
  const t = useT();
  const [side, anchor] = place.x > wide - 110 ? [-8, "end" as const] : [8, "start" as const];
  const lines = figures(frame, measurement).map((figure) => figureText(t, figure));
  return (
    <text className={viewer.lineText} textAnchor={anchor} data-testid={measurement.shape}>
      {lines.map((line, n) => (
        <tspan key={line} x={place.x + side} y={Math.max(16, place.y - 8) + 16 * n}>
          {line}
        </tspan>
      ))}
    </text>
  );
}

function Cross({ x, y }: Place) {
  return (
    <g className={classes.cross} data-testid="cross">
      <line x1={x - 12} y1={y} x2={x + 12} y2={y} />
      <line x1={x} y1={y - 12} x2={x} y2={y + 12} />
    </g>
  );
}
