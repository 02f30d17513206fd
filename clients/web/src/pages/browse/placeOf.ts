/** The place in a stack of a frame of an image; -1 if the stack lacks the image. */
export function placeOf(images: readonly string[], image: string, frame: number): number {
  const first = images.indexOf(image);
  return images[first + frame] === image ? first + frame : first;
}
