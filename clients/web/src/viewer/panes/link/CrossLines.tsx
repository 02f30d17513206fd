/** Where the planes of the other panes cut the plane of this one, each in its pane's colour. */

import type { Frame } from "../../../imaging/frame";
import { imageSize, type Size, toScreen } from "../../../imaging/space/view";
import { crossLine } from "../../../imaging/volume/crossLine";
import { type Model, useModel } from "../../state/model";
import classes from "../../viewer.module.css";
import type { Member } from "./member";

/** Of the four panes; told apart by the colour-blind, and seen on grey. */
export const COLOURS = ["#4dabf7", "#ffd43b", "#69db7c", "#ff8787"] as const;

interface Props {
  model: Model;
  frame: Frame;
  area: Size;
  others: readonly { n: number; member: Member }[];
}

export function CrossLines({ others, ...here }: Props) {
  return (
    <svg className={classes.drawing} data-drawing aria-hidden="true">
      {others.map(({ n, member }) => (
        <Line key={n} {...here} member={member} colour={COLOURS[n] ?? COLOURS[0]} />
      ))}
    </svg>
  );
}

function Line({ model, frame, area, member, colour }: Omit<Props, "others"> & { member: Member; colour: string }) {
  const index = useModel(member.model, (s) => Math.min(s.index, member.stack.count - 1));
  const view = useModel(model, (s) => s.view);
  const other = member.stack.outline?.(index)?.geometry;
  const line = other && crossLine(frame, other);
  if (!line) return null;
  const image = imageSize(frame);
  const [a, b] = line.map((at) => toScreen(view, image, area, frame.rows, at.column, at.row));
  return <line data-testid="crossLine" x1={a?.x} y1={a?.y} x2={b?.x} y2={b?.y} stroke={colour} strokeDasharray="7 5" />;
}
