/** What is written over an image: attributes, value and place under the pointer, scale, directions, lines. */

import { useMemo } from "react";
import { useT } from "../i18n";
import { type Frame, valueAt } from "../imaging/frame";
import { directionLetters, distance, physicalPosition, scaleBar } from "../imaging/geometry";
import { histogram } from "../imaging/histogram";
import { imageSize, placement, type Size, toScreen, type View } from "../imaging/view";
import type { Window } from "../imaging/window";
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

export const short = (value: number, digits = 1) =>
  Number.isInteger(value)
    ? String(value)
    : Math.abs(value) < 0.01 && value !== 0
      ? value.toExponential(2)
      : value.toFixed(digits);

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

/** Value and position under the pointer: the one part that follows every movement. */
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

function Lines({ model, frame, area, view }: { model: Model; frame: Frame; area: Size; view: View }) {
  const { lines, pending, index, cursor, cross } = {
    lines: useModel(model, (s) => s.lines),
    pending: useModel(model, (s) => s.pending),
    index: useModel(model, (s) => s.index),
    cursor: useModel(model, (s) => (s.cross || s.pending ? s.cursor : null)),
    cross: useModel(model, (s) => s.cross),
  };
  const image = imageSize(frame.rows, frame.columns, frame.geometry.spacing);
  const at = (p: { column: number; row: number }) => toScreen(view, image, area, frame.rows, p.column, p.row);
  const shown = lines.filter((line) => line.index === index);
  const growing = pending && pending.index === index && cursor ? [{ id: 0, index, a: pending, b: cursor }] : [];
  return (
    <svg className={classes.drawing} aria-hidden="true">
      {[...shown, ...growing].map((line) => {
        const [a, b] = [at(line.a), at(line.b)];
        const { length, unit } = distance(frame.geometry, line.a, line.b);
        return (
          <g key={line.id}>
            <line className={classes.line} x1={a.x} y1={a.y} x2={b.x} y2={b.y} />
            <circle className={classes.line} cx={a.x} cy={a.y} r="3" fill="none" />
            <circle className={classes.line} cx={b.x} cy={b.y} r="3" fill="none" />
            <text className={classes.lineText} x={b.x + 8} y={b.y - 8} data-testid="length">
              {length.toFixed(1)} {unit}
            </text>
          </g>
        );
      })}
      {cross && cursor && <Cross {...at(cursor)} />}
    </svg>
  );
}

function Cross({ x, y }: { x: number; y: number }) {
  return (
    <g className={classes.cross} data-testid="cross">
      <line x1={x - 12} y1={y} x2={x + 12} y2={y} />
      <line x1={x} y1={y - 12} x2={x} y2={y + 12} />
    </g>
  );
}

export function HistogramChart({ frame, window }: { frame: Frame; window: Window }) {
  const t = useT();
  const found = useMemo(() => histogram(frame.values, frame.rescale.slope, frame.rescale.intercept), [frame]);
  const [wide, high] = [220, 84];
  const top = Math.max(1, ...found.counts.map((n) => Math.log1p(n)));
  const span = found.high - found.low || 1;
  const x = (value: number) => Math.min(wide, Math.max(0, ((value - found.low) / span) * wide));
  const [from, to] = [window.center - window.width / 2, window.center + window.width / 2];
  const label = t("viewer.histogramLabel", {
    low: short(found.low),
    high: short(found.high),
    from: short(from),
    to: short(to),
  });
  return (
    <svg className={classes.histogram} viewBox={`0 0 ${wide} ${high}`} role="img" aria-label={label}>
      <rect x={x(from)} y="0" width={Math.max(1, x(to) - x(from))} height={high - 16} fill="#4dabf7" opacity="0.25" />
      {found.counts.map((n, i) => {
        const tall = (Math.log1p(n) / top) * (high - 22);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
          <rect key={i} x={(i * wide) / 128} y={high - 16 - tall} width={wide / 128} height={tall} fill="#adb5bd" />
        );
      })}
      <text x="4" y={high - 4} fontSize="10" fill="#dbe4ec">
        {short(found.low)}
      </text>
      <text x={wide - 4} y={high - 4} fontSize="10" fill="#dbe4ec" textAnchor="end">
        {short(found.high)}
      </text>
    </svg>
  );
}
