/** The letters at the edges of an image that say where they point in the patient. */

import type { Frame } from "../../imaging/frame";
import { directionLetters, type Vec3 } from "../../imaging/space/geometry";
import { onScreen, type View } from "../../imaging/space/view";
import classes from "./canvas.module.css";

export function Directions({ frame, view }: { frame: Frame; view: View }) {
  const o = frame.geometry.orientation;
  if (!o) return null;
  // Of the image's own directions, by where each points on the screen.
  const letters = (x: number, y: number) => {
    const along = ([a, b]: readonly [number, number]) => Math.round(a * x + b * y);
    const [row, column] = [along(onScreen(view, 1, 0)), along(onScreen(view, 0, 1))];
    const part = (n: 0 | 1 | 2) => row * o[n] + column * (o[n + 3] as number);
    return directionLetters([part(0), part(1), part(2)] satisfies Vec3);
  };
  const [left, right, up, down] = [letters(-1, 0), letters(1, 0), letters(0, -1), letters(0, 1)];
  return (
    <>
      <span className={classes.direction} style={{ left: 10, top: "50%" }}>
        {left}
      </span>
      <span className={classes.direction} style={{ right: 10, top: "50%" }}>
        {right}
      </span>
      <span className={`${classes.direction} ${classes.up}`}>{up}</span>
      <span className={`${classes.direction} ${classes.down}`}>{down}</span>
    </>
  );
}
