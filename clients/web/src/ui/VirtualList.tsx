/** A list of which only the rows in view are drawn; Tab reaches one of its links, the arrow keys the others. */

import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useSyncExternalStore } from "react";

interface Props {
  label: string;
  testId: string;
  count: number;
  /** The expected height of a row, in pixels, in letters of the usual size. */
  height: (at: number) => number;
  keyOf: (at: number) => string;
  /** The row; its link takes `tabIndex`. */
  row: (at: number, tabIndex: 0 | -1) => ReactNode;
  /** The row that is open, which is kept in view; -1 if none is. */
  current?: number;
  /** Called with the last row that is drawn, and with -1 for none. */
  onLast?: (at: number) => void;
  /** Whether it takes no more room than its rows, and at most half. */
  short?: boolean;
  /** What stands above the rows. */
  children?: ReactNode;
}

const onResize = (listener: () => void) => {
  window.addEventListener("resize", listener);
  return () => window.removeEventListener("resize", listener);
};
const letterScale = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

export function VirtualList({ label, testId, count, height, keyOf, row, current = -1, short, ...props }: Props) {
  const { onLast, children } = props;
  const box = useRef<HTMLDivElement>(null);
  const focused = useRef(-1);
  // Rows are as high as their text: on the widest screens, and where people choose so, that is larger.
  const scale = useSyncExternalStore(onResize, letterScale);
  const rows = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: (at) => height(at) * scale,
    getItemKey: keyOf,
    overscan: 8,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height have other places
  useEffect(() => rows.measure(), [rows, scale]);
  const drawn = rows.getVirtualItems();
  const last = drawn.at(-1)?.index ?? -1;
  useEffect(() => onLast?.(last), [last, onLast]);
  useEffect(() => {
    if (current >= 0) rows.scrollToIndex(current, { align: "auto" });
  }, [current, rows]);
  // One row is always within reach of Tab: the open one if it is drawn, otherwise the first in view.
  const reach = drawn.some((one) => one.index === current) ? current : (drawn[0]?.index ?? -1);
  const move = (event: KeyboardEvent) => {
    // A key may come before the row of the one before it is drawn.
    const here = Number((event.target as HTMLElement).closest("li")?.dataset.at ?? -1);
    const at = focused.current >= 0 ? focused.current : here;
    const to = event.key === "Home" ? 0 : event.key === "End" ? count - 1 : at + (STEPS[event.key] ?? Number.NaN);
    if (at < 0 || Number.isNaN(to)) return;
    event.preventDefault();
    focused.current = Math.min(count - 1, Math.max(0, to));
    rows.scrollToIndex(focused.current, { align: "auto" });
    focus();
  };
  // The row may be drawn only after the list has scrolled.
  const focus = () => {
    const link = box.current?.querySelector<HTMLElement>(`li[data-at="${focused.current}"] a`);
    if (!link) return;
    focused.current = -1;
    link.focus({ preventScroll: true });
  };
  useEffect(() => {
    if (focused.current >= 0) focus();
  });
  return (
    <div ref={box} className={short ? "list short" : "list"} data-testid={testId}>
      {children}
      <ul aria-label={label} onKeyDown={move} style={{ height: rows.getTotalSize() }}>
        {drawn.map(({ index, key, start }) => (
          <li key={key} data-at={index} style={{ transform: `translateY(${start}px)` }}>
            {row(index, index === reach ? 0 : -1)}
          </li>
        ))}
      </ul>
    </div>
  );
}
