/** Colours from the lowest to the highest value, by the function that paints the image. */

import { useEffect, useRef } from "react";
import classes from "./canvas.module.css";

const STEPS = 121;

/** `colourAt` takes a place from 0 to 1 and returns a canvas pixel; it is the same function from one rendering to the next. */
export function ColourScale({ colourAt }: { colourAt: (at: number) => number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const image = context.createImageData(STEPS, 1);
    const pixels = new Uint32Array(image.data.buffer);
    for (let i = 0; i < STEPS; i++) pixels[i] = colourAt(i / (STEPS - 1));
    context.putImageData(image, 0, 0);
  }, [colourAt]);
  return <canvas ref={canvas} className={classes.legend} width={STEPS} height={1} />;
}
