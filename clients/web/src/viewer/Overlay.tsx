/** The text over an image: attributes, value and position under the pointer, scale, directions, lines. */

import { useT } from "../i18n";
import { type Frame, valueAt } from "../imaging/frame";
import { directionLetters, physicalPosition, scaleBar } from "../imaging/geometry";
import { imageSize, placement, type Size } from "../imaging/view";
import type { Window } from "../imaging/window";
import { short } from "../ui/format";
import { Lines } from "./Lines";
import { type Model, useModel } from "./model";
import classes from "./viewer.module.css";

interface Props {
  model: Model;
  frame: Frame;
  window: Window;
  area: Size;
  title: string;
  attributes: readonly (readonly [string, string])[];
  count: number;
}

export function Overlay({ model, frame, window, area, title, attributes, count }: Props) {
  const t = useT();
  const on = useModel(model, (s) => s.overlay);
  const index = useModel(model, (s) => s.index);
  const view = useModel(model, (s) => s.view);
  const image = imageSize(frame.rows, frame.columns, frame.geometry.spacing);
  const { zoom } = placement(view, image, area);
  const spacing = frame.geometry.spacing;
  const bar = spacing && area.width > 1 ? scaleBar(spacing[1] / zoom, Math.min(140, area.width / 4)) : null;
  return (
    <>
      <Lines model={model} frame={frame} area={area} view={view} />
      {on && <Directions frame={frame} />}
      <div className={`${classes.corner} ${classes.topLeft}`}>
        <div>
          <strong>{title}</strong>
        </div>
        {on && attributes.map(([name, value]) => <div key={name}>{value}</div>)}
      </div>
      <div className={`${classes.corner} ${classes.topRight}`}>
        {count > 1 && <div data-testid="slice">{t("viewer.slice", { n: Math.min(index + 1, count), count })}</div>}
        {on && (
          <>
            {frame.samples === 1 && (
              <div data-testid="window">{t("viewer.wl", { c: short(window.center), w: short(window.width) })}</div>
            )}
            <div>
              {frame.columns} × {frame.rows} · {Math.round(zoom * 100)} %
            </div>
          </>
        )}
      </div>
      <div className={`${classes.corner} ${classes.bottomLeft}`}>
        <Readout model={model} frame={frame} />
      </div>
      <div className={`${classes.corner} ${classes.bottomRight}`}>
        {bar && (
          <div>
            {bar.mm >= 10 && bar.mm % 10 === 0 ? `${bar.mm / 10} cm` : `${short(bar.mm, 2)} mm`}
            <span className={classes.scale} style={{ width: bar.pixels }} />
          </div>
        )}
      </div>
    </>
  );
}

/** Value and position under the pointer: the only part that follows every movement. */
function Readout({ model, frame }: { model: Model; frame: Frame }) {
  const cursor = useModel(model, (s) => s.cursor);
  if (!cursor) return null;
  const value = valueAt(frame, cursor.column, cursor.row);
  if (value === null) return null;
  const place = physicalPosition(frame.geometry, cursor);
  return (
    <>
      <div data-testid="value">
        {typeof value === "number"
          ? `${short(value, 2)}${frame.unit ? ` ${frame.unit}` : ""}`
          : `RGB ${value.join(", ")}`}
        {` · ${Math.round(cursor.column)}, ${Math.round(cursor.row)}`}
      </div>
      {place && <div data-testid="position">{place.map((v) => v.toFixed(1)).join(", ")} mm</div>}
    </>
  );
}

function Directions({ frame }: { frame: Frame }) {
  const o = frame.geometry.orientation;
  if (!o) return null;
  const right = directionLetters([o[0], o[1], o[2]]);
  const left = directionLetters([-o[0], -o[1], -o[2]]);
  const down = directionLetters([o[3], o[4], o[5]]);
  const up = directionLetters([-o[3], -o[4], -o[5]]);
  return (
    <>
      <span className={classes.direction} style={{ left: 10, top: "50%" }}>
        {left}
      </span>
      <span className={classes.direction} style={{ right: 10, top: "50%" }}>
        {right}
      </span>
      <span className={classes.direction} style={{ left: "50%", top: 8 }}>
        {up}
      </span>
      <span className={classes.direction} style={{ left: "50%", bottom: 8 }}>
        {down}
      </span>
    </>
  );
}
