/** A point of an image, in pixels: whole numbers are the centres of pixels, counted from 0. */
export interface Point {
  column: number;
  row: number;
}
