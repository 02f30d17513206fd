/** One, two or four panes, linked with one another. */

import { type DragEvent, useCallback, useEffect, useMemo, useState } from "react";
import { useT } from "../../i18n";
import type { Stack } from "../../imaging/frame";
import type { Observable } from "../../observable";
import { parse } from "../../route";
import { useStore } from "../../services";
import type { Trouble } from "../canvas/Pane";
import type { FrameCache } from "../stack/cache";
import type { Model } from "../state/model";
import viewer from "../viewer.module.css";
import { PlaneBar } from "./cut/PlaneBar";
import { type Layout, type PaneSource, type Places, withPane } from "./layout";
import { COLOURS } from "./link/CrossLines";
import { createLink } from "./link/link";
import type { Member } from "./link/member";
import classes from "./panes.module.css";
import { JobSlot, SeriesSlot, Slot } from "./Slot";
import { SourceMenu } from "./SourceMenu";
import type { SlotProps } from "./slotProps";
import { type Base, kindOf } from "./useBase";
import { Waiting } from "./Waiting";

export type Shown = Base & { unit: string };

interface Props {
  layout: Layout;
  onLayout: (layout: Layout) => void;
  active: number;
  onActive: (n: number) => void;
  /** The open series. */
  stack: Stack;
  cache: FrameCache;
  model: Model;
  title: string;
  /** Called with what the active pane shows. */
  onShown: (shown: Shown | null) => void;
  onHelp: () => void;
  onPainted?: () => void;
  onTrouble?: (trouble: Trouble | null) => void;
  places: Observable<Places>;
}

export default function PaneGrid({ stack, cache, model, title, layout, onLayout, active, ...props }: Props) {
  const t = useT();
  const { onActive, onShown, ...rest } = props;
  const open = useMemo<Base>(() => ({ stack, cache, model, title, kind: kindOf(stack) }), [stack, cache, model, title]);
  // Panes that are not linked do not even begin so.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the effect below follows the layout
  const link = useMemo(() => createLink(layout.linked), []);
  const [shown, setShown] = useState<Readonly<Record<number, Shown | null>>>({});
  const note = useCallback(
    (n: number, what: Shown | null) =>
      // Each plane tells its unit: only another one is news.
      setShown((before) => {
        const known = before[n];
        return known && what?.model === known.model && what.stack === known.stack && what.unit === known.unit
          ? before
          : { ...before, [n]: what };
      }),
    [],
  );
  // The open series follows although no pane may show it as it is stored: it is what a job would take.
  useEffect(
    () => link.join({ model: open.model, stack: open.stack, kind: open.kind }),
    [link, open.model, open.stack, open.kind],
  );
  useEffect(() => link.set(layout.linked), [link, layout.linked]);
  const now = shown[active] ?? null;
  useEffect(() => onShown(now), [now, onShown]);
  const panes = layout.panes.slice(0, layout.count);
  const members: { n: number; member: Member }[] = panes.flatMap((_, n) => {
    const one = shown[n];
    return one ? [{ n, member: one }] : [];
  });
  const choice = panes[active];
  const { jobs } = useStore();
  const placing = jobs.filter((job) =>
    panes.some(({ source }) => source.kind === "job" && (source.job === job.jobId || source.job === job.key)),
  );
  return (
    <>
      <div className={`${viewer.panes} ${viewer.grid}`} data-count={layout.count} data-testid="panes">
        {panes.map((pane, n) => {
          const slot: SlotProps = {
            ...rest,
            // Whatever else is looked at, a job takes the open series: only its trouble counts.
            onTrouble: pane.source.kind === "open" && pane.plane === "stored" ? rest.onTrouble : undefined,
            n,
            choice: pane,
            link,
            jobs: placing,
            others: members.filter((one) => one.n !== n),
            active: n === active,
            onShown: note,
          };
          const { source } = pane;
          const change = (chosen: PaneSource) =>
            onLayout(withPane(layout, n, { source: chosen, plane: "stored", begin: undefined }));
          return (
            <section
              // biome-ignore lint/suspicious/noArrayIndexKey: a pane is its place
              key={n}
              className={classes.slot}
              aria-label={t("panes.pane", { n: n + 1 })}
              data-active={n === active || undefined}
              onFocusCapture={() => onActive(n)}
              onDragOver={(event) => event.preventDefault()}
              onDrop={(event) => {
                const dropped = sourceOf(event);
                if (!dropped) return;
                event.preventDefault();
                change(dropped);
              }}
            >
              {layout.count > 1 && (
                <div className={classes.slotHead}>
                  <span className={viewer.swatch} style={{ background: COLOURS[n] }} />
                  <SourceMenu n={n} study={open.stack.study} title={shown[n]?.title ?? "…"} onChange={change} />
                </div>
              )}
              <div className={classes.slotBody}>
                {source.kind === "open" && <Slot {...slot} base={open} />}
                {source.kind === "series" && <SeriesSlot {...slot} study={source.study} series={source.series} />}
                {source.kind === "job" && <ListedJob {...slot} id={source.job} />}
              </div>
            </section>
          );
        })}
      </div>
      {choice && choice.plane !== "stored" && (
        <PlaneBar choice={choice} onChange={(change) => onLayout(withPane(layout, active, change))} />
      )}
    </>
  );
}

function ListedJob({ id, ...slot }: SlotProps & { id: string }) {
  const t = useT();
  const job = useStore().jobs.find((one) => one.jobId === id || one.key === id);
  return job ? <JobSlot {...slot} job={job} /> : <Waiting error={new Error(t("jobs.missing"))} />;
}

/** The series or the job of a link that was dropped; null for anything else. */
function sourceOf(event: DragEvent): PaneSource | null {
  const text = event.dataTransfer.getData("text/uri-list") || event.dataTransfer.getData("text/plain");
  if (!URL.canParse(text)) return null;
  const { origin, pathname } = new URL(text);
  const route = parse(pathname);
  if (origin !== window.location.origin) return null;
  if (route.page === "browse" && route.study && route.series)
    return { kind: "series", study: route.study, series: route.series };
  return route.page === "jobs" && route.job ? { kind: "job", job: route.job } : null;
}
