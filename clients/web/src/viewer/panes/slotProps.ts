/** What the grid tells each of its panes. */

import type { Job } from "../../model";
import type { Observable } from "../../observable";
import type { Trouble } from "../canvas/Pane";
import type { PaneChoice, Places } from "./layout";
import type { Link } from "./link/link";
import type { Member } from "./link/member";
import type { Base } from "./useBase";

export interface SlotProps {
  n: number;
  choice: PaneChoice;
  link: Link;
  /** The planes that the other panes show. */
  others: readonly { n: number; member: Member }[];
  /** The jobs whose results are shown in any of the panes. */
  jobs: readonly Job[];
  active: boolean;
  /** Called with what the pane shows, and with null once it shows that no longer. */
  onShown: (n: number, shown: (Base & { unit: string }) | null) => void;
  /** Which planes are looked at, and how. */
  places: Observable<Places>;
  onHelp: () => void;
  onPainted?: () => void;
  onTrouble?: (trouble: Trouble | null) => void;
}
