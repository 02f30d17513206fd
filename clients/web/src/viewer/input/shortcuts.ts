/** What the keyboard does, for the help sheet. */

import type { ActionName } from "./hotkeys";

type Fixed =
  | "slice"
  | "ends"
  | "cine"
  | "width"
  | "centre"
  | "preset"
  | "zoom"
  | "pan"
  | "place"
  | "goTo"
  | "clear"
  | "undo"
  | "help";

interface FixedKeys {
  help: Fixed;
  /** As they are shown. */
  keys: readonly string[];
}
/** A name alone is an action whose key can be changed. */
export type Shortcut = ActionName | FixedKeys;

export const SHORTCUTS: Record<"stack" | "window" | "view" | "tools", readonly Shortcut[]> = {
  stack: [
    { keys: ["↑", "↓"], help: "slice" },
    { keys: ["Home", "End"], help: "ends" },
    { keys: ["Space"], help: "cine" },
  ],
  window: [
    { keys: ["Alt ←", "Alt →"], help: "width" },
    { keys: ["Alt ↑", "Alt ↓"], help: "centre" },
    "defaultWindow",
    "autoWindow",
    { keys: ["1 … 6"], help: "preset" },
    "invert",
    "colours",
  ],
  view: [
    { keys: ["+", "−"], help: "zoom" },
    "fit",
    "oneToOne",
    { keys: ["Shift ← ↑ → ↓"], help: "pan" },
    "turn",
    "flipSides",
    "flipUpright",
    "smooth",
    "reset",
    "overlay",
    "histogram",
  ],
  tools: [
    "windowTool",
    "scrollTool",
    "panTool",
    "zoomTool",
    "pointTool",
    "measureTool",
    "angleTool",
    "ellipseTool",
    "rectangleTool",
    "cross",
    { keys: ["Enter"], help: "place" },
    { keys: ["Enter"], help: "goTo" },
    { keys: ["Del"], help: "clear" },
    { keys: ["Ctrl Z"], help: "undo" },
    { keys: ["?"], help: "help" },
  ],
};
