/** A pane as a member of the link. */

import type { Stack } from "../../../imaging/frame";
import type { Model } from "../../state/model";

export interface Member {
  model: Model;
  stack: Stack;
  /** What its values mean: members of one kind share a window. */
  kind: string;
}
