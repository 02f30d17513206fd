/** Points and boxes of a result on the plane that is looked at, each with its name. */

import { useWords } from "../../i18n/words";
import type { Frame } from "../../imaging/frame";
import type { Point, Vec3 } from "../../imaging/space/geometry";
import { boxOn, pointOn } from "../../imaging/space/places";
import { imageSize, type Size, toScreen } from "../../imaging/space/view";
import type { Job } from "../../model";
import { observable, useObservable } from "../../observable";
import { type Model, useModel } from "../state/model";
import classes from "../viewer.module.css";
import { type Planes, reachOf } from "./planes";
import { texts } from "./texts";
import { type PlaceChoice, type PlaceChoices, usePlaces } from "./usePlaces";

/** Of the outputs of a result, told apart from measurements. */
const COLOURS = ["#f783ac", "#66d9e8", "#c0eb75", "#ffa94d"];
/** The most that are drawn on one plane. */
export const MOST_DRAWN = 500;
const ALL: PlaceChoices = observable<PlaceChoice>({ shown: true, chosen: null });

export interface LayerProps {
  job: Job;
  planes: Planes;
  model: Model;
  frame: Frame;
  area: Size;
  choices?: PlaceChoices;
}

export function PlacesLayer({ job, planes, model, frame, area, choices = ALL }: LayerProps) {
  const t = useWords(texts);
  const lists = usePlaces(job);
  const { shown, chosen } = useObservable(choices);
  const index = useModel(model, (s) => Math.min(s.index, planes.count - 1));
  const view = useModel(model, (s) => s.view);
  const plane = planes.at(index);
  if (!plane || !shown) return null;
  const reach = reachOf(planes, index);
  const image = imageSize(frame);
  const onScreen = (at: Point) => toScreen(view, image, area, frame.rows, at.column, at.row);
  const here = lists.flatMap(({ port, type, places }, list) =>
    places.flatMap(({ name, at }, n) => {
      const point = type === "points" ? pointOn(plane, reach, at[0] as Vec3) : null;
      const outline = type === "boxes" ? boxOn(plane, reach, at as [Vec3, Vec3]) : point && [point];
      const selected = chosen?.port === port && chosen.n === n;
      return outline ? [{ key: `${port} ${n}`, name, type, outline, selected, colour: COLOURS[list % 4] }] : [];
    }),
  );
  // What is chosen is drawn, and last.
  const drawn = here.sort((a, b) => Number(b.selected) - Number(a.selected)).slice(0, MOST_DRAWN);
  return (
    <svg className={classes.drawing} data-drawing aria-hidden="true">
      {drawn.reverse().map(({ key, name, type, outline, selected, colour }) => {
        const corners = outline.map(onScreen);
        const [x, y] = [Math.max(...corners.map((one) => one.x)), Math.min(...corners.map((one) => one.y))];
        const wide = { stroke: colour, strokeWidth: selected ? 3.5 : 1.5, fill: "none" };
        return (
          <g key={key} data-testid="place" data-name={name} data-selected={selected || undefined}>
            {type === "boxes" ? (
              <polygon {...wide} points={corners.map((one) => `${one.x},${one.y}`).join(" ")} />
            ) : (
              <circle {...wide} cx={x} cy={y} r={selected ? 7 : 5} />
            )}
            <text className={classes.lineText} style={{ fill: colour }} x={x + 8} y={Math.max(14, y - 4)}>
              {name}
            </text>
          </g>
        );
      })}
      {here.length > MOST_DRAWN && (
        <text className={classes.lineText} x="50%" y={area.height - 40} textAnchor="middle">
          {t("more", { n: here.length - MOST_DRAWN })}
        </text>
      )}
    </svg>
  );
}
