/** Measured lines and the keyboard's cross, in screen coordinates over the image. */

import { useT } from "../i18n";
import type { Frame } from "../imaging/frame";
import { distance } from "../imaging/geometry";
import { imageSize, type Size, toScreen, type View } from "../imaging/view";
import { type Model, useModel } from "./model";
import classes from "./viewer.module.css";

export function Lines({ model, frame, area, view }: { model: Model; frame: Frame; area: Size; view: View }) {
  const { lines, pending, index, cursor, cross } = {
    lines: useModel(model, (s) => s.lines),
    pending: useModel(model, (s) => s.pending),
    index: useModel(model, (s) => s.index),
    cursor: useModel(model, (s) => (s.cross || s.pending ? s.cursor : null)),
    cross: useModel(model, (s) => s.cross),
  };
  const t = useT();
  const image = imageSize(frame);
  const at = (p: { column: number; row: number }) => toScreen(view, image, area, frame.rows, p.column, p.row);
  // The length is written on the side that has room for it.
  const nearEdge = (x: number) => x > area.width - 90;
  const shown = lines.filter((line) => line.index === index);
  const growing = pending && pending.index === index && cursor ? [{ id: 0, index, a: pending, b: cursor }] : [];
  return (
    <svg className={classes.drawing} aria-hidden="true">
      {[...shown, ...growing].map((line) => {
        const [a, b] = [at(line.a), at(line.b)];
        const { length, unit } = distance(frame.geometry, line.a, line.b);
        const { meaning } = frame.geometry;
        return (
          <g key={line.id}>
            <line className={classes.line} x1={a.x} y1={a.y} x2={b.x} y2={b.y} />
            <circle className={classes.line} cx={a.x} cy={a.y} r="3" fill="none" />
            <circle className={classes.line} cx={b.x} cy={b.y} r="3" fill="none" />
            <text
              className={classes.lineText}
              x={nearEdge(b.x) ? b.x - 8 : b.x + 8}
              y={Math.max(16, b.y - 8)}
              textAnchor={nearEdge(b.x) ? "end" : "start"}
              data-testid="length"
            >
              {length.toFixed(1)} {unit}
              {unit === "mm" && meaning && meaning !== "patient" && ` ${t(`length.${meaning}`)}`}
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
