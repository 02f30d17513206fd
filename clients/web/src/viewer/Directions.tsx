/** The letters at the edges of an image that say where they point in the patient. */

import type { Frame } from "../imaging/frame";
import { directionLetters } from "../imaging/geometry";
import classes from "./viewer.module.css";

export function Directions({ frame }: { frame: Frame }) {
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
