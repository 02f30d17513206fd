/** Links panes: by the place in the patient, window, zoom and tools. */

import type { Stack } from "../../../imaging/frame";
import type { Vec3 } from "../../../imaging/space/geometry";
import { FIT } from "../../../imaging/space/view";
import type { ViewerState } from "../../state/model";
import { isComparable, moved, nearestTo, outlineOf, viewFor } from "./linkPlaces";
import type { Member } from "./member";

export interface Link {
  /**
   * Takes a member in and moves it to where the others are, or them to where it is if it `leads`; the function that
   * it returns lets it go.
   */
  join(member: Member, leads?: boolean): () => void;
  /** Moves all to the planes that are nearest to a point of a stack, in mm. */
  goTo(point: Vec3, of: Stack): void;
  /** Whether members follow one another. */
  set(on: boolean): void;
}

/** What all members share, whatever they show. */
const SHARED = ["tool", "overlay", "histogram", "smooth"] as const;
const WINDOW = ["window", "auto", "invert", "colours"] as const;
const MEASURED = ["measurements", "selected"] as const;

export function createLink(on = true): Link {
  const members = new Map<Member, ViewerState>();
  /** The point that all members show, as far as positions are known. */
  let focus: Vec3 | null = null;
  /** The stack in which the focus was found. */
  let owner: Stack | null = null;
  let busy = false;

  const apply = (change: () => void) => {
    busy = true;
    change();
    for (const member of members.keys()) members.set(member, member.model.get());
    busy = false;
  };

  /** Moves the focus onto a plane of a member; into it if places in it mean others. */
  const lead = (member: Member) => {
    const known = owner && isComparable(owner, member.stack) ? focus : null;
    const found = moved(known, member, member.model.get().index);
    if (found) [focus, owner] = [found, member.stack];
  };

  const align = (member: Member, from: Member | null) => {
    if (owner && !from && !isComparable(owner, member.stack)) return;
    const index = !from && focus && nearestTo(focus, member.stack, member.model.get().index);
    if (typeof index === "number") move(member, index);
    // Without places there is only the number of the plane.
    else if (from) move(member, Math.min(from.model.get().index, member.stack.count - 1));
  };

  const follow = (from: Member, before: ViewerState, now: ViewerState) => {
    const others = [...members.keys()].filter((one) => one !== from);
    if (before.index !== now.index) {
      lead(from);
      const placed = outlineOf(from, now.index) !== null;
      for (const other of others) {
        if (placed !== (outlineOf(other, 0) !== null)) continue;
        if (isComparable(from.stack, other.stack)) align(other, placed ? null : from);
        // Without a common place they go as many planes as this one does.
        else move(other, within(other.model.get().index + now.index - before.index, other.stack.count));
      }
    }
    for (const other of others) {
      const change = {
        ...changed(SHARED, before, now),
        ...(other.kind === from.kind ? changed(WINDOW, before, now) : {}),
        ...(other.stack.id === from.stack.id ? changed(MEASURED, before, now) : {}),
        ...(before.view !== now.view ? { view: viewFor(from, other, now.view) } : {}),
      };
      if (Object.keys(change).length) other.model.set(change);
    }
  };

  return {
    join(member, leads = false) {
      const [first] = [...members.keys()].filter((one) => one.kind === member.kind);
      members.set(member, member.model.get());
      if (on) {
        apply(() => {
          if (focus && !leads) align(member, null);
          else {
            lead(member);
            if (leads) for (const other of members.keys()) if (other !== member) align(other, null);
          }
          const like = first?.model.get();
          if (like)
            member.model.set({ window: like.window, auto: like.auto, invert: like.invert, colours: like.colours });
          const other = [...members.keys()].find((one) => one !== member);
          if (!other) return;
          const { tool, view } = other.model.get();
          // What an address says of a pane stands.
          const whole = member.model.get().view === FIT;
          member.model.set({ tool, ...(whole && !leads ? { view: viewFor(other, member, view) } : {}) });
        });
      }
      const stop = member.model.subscribe(() => {
        const [before, now] = [members.get(member), member.model.get()];
        if (busy || !before || before === now) return;
        members.set(member, now);
        if (on) apply(() => follow(member, before, now));
      });
      return () => {
        stop();
        members.delete(member);
      };
    },
    goTo(point, of) {
      [focus, owner] = [point, of];
      if (!on) return;
      apply(() => {
        for (const member of members.keys()) align(member, null);
      });
    },
    set(wanted) {
      on = wanted;
    },
  };
}

/** The part of a state that is not as it was. */
function changed<K extends keyof ViewerState>(keys: readonly K[], before: ViewerState, now: ViewerState) {
  const entries = keys.filter((key) => before[key] !== now[key]).map((key) => [key, now[key]]);
  return Object.fromEntries(entries) as Partial<Pick<ViewerState, K>>;
}

const within = (index: number, count: number) => Math.max(0, Math.min(count - 1, index));

function move({ model }: Member, index: number): void {
  if (index !== model.get().index) model.set({ index });
}
