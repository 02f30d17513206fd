/** What gestures know of a pane. */

import type { Frame } from "../../imaging/frame";
import type { Point } from "../../imaging/space/geometry";
import type { Size } from "../../imaging/space/view";
import type { Window } from "../../imaging/values/window";
import type { Model } from "../state/model";

export interface Scene {
  model: Model;
  /** The plane that is shown, its default window and the range of its values. */
  frame(): Frame | null;
  shownWindow(): Window;
  valueRange(): number;
  count(): number;
  area(): Size;
  /** Called with a point of the image to which the linked panes shall go. */
  onPoint?(point: Point): void;
}
