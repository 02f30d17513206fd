/** The workspace: the archive, the viewer and the form side by side. */

import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { ApiError } from "../../api/http";
import { measuredIn } from "../../forms/inputs/measured";
import { useT } from "../../i18n/index";
import { JobList } from "../../jobs/list/JobList";
import { observable } from "../../observable";
import { useSeries, useStack } from "../../queries/useArchive";
import { type BrowseRoute, imagePath } from "../../route";
import { navigate } from "../../router";
import { useServices } from "../../services";
import { lazy } from "../../ui/lazy";
import { Skeletons } from "../../ui/State";
import type { Trouble } from "../../viewer/canvas/Pane";
import { layoutOf, type Places } from "../../viewer/panes/layout";
import { lookOf } from "../../viewer/panes/look";
import { createModel, useModel } from "../../viewer/state/model";
import { Viewer } from "../../viewer/Viewer";
import { ProcessPanel } from "../process/ProcessPanel";
import { Follow } from "./Follow";
import { placeOf } from "./placeOf";
import { StudyAside } from "./StudyAside";
import { RefusedFiles, Unopened } from "./Unopened";

const Studies = lazy(() => import("../studies/Studies"));

export function Browse({ route }: { route: BrowseRoute }) {
  const t = useT();
  const { draft, looked } = useServices();
  const series = useSeries(route.study);
  const chosen = route.series ?? series.data?.[0]?.series_id;
  const { stack, ...planes } = useStack(route.study, chosen, route.volume);
  // An address may name one that the series no longer has.
  const volume = planes.data?.volumes.find((one) => one.id === route.volume)?.id;
  const { frame, ...look } = lookOf(window.location.search);
  const at = route.image && stack ? placeOf(stack.images, route.image, frame) : -1;
  // An address without an image goes on where the series was left.
  const start = route.image ? Math.max(0, at) : Math.min(looked.get(chosen ?? "") ?? 0, (stack?.count ?? 1) - 1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another stack starts afresh, at the image of the address
  const model = useMemo(() => createModel({ ...look, index: start }), [stack]);
  const [layout, setLayout] = useState(() => layoutOf(window.location.search));
  const places = useMemo(() => observable<Places>({}), []);
  const { scope } = route;
  useEffect(() => {
    if (scope) draft.set({ scope });
  }, [scope, draft]);
  // The address leads to an image; scrolling the stack leads the address.
  const followed = useRef<string>(undefined);
  useEffect(() => {
    // An address that scrolling itself wrote may be older than the shown image.
    if (at < 0 || followed.current === window.location.pathname + window.location.search) return;
    if (stack?.images[model.get().index] !== route.image) model.set({ index: at });
  }, [at, stack, model, route.image]);
  const [listed, setListed] = useState(true);
  const list = useMemo(() => ({ shown: listed, toggle: () => setListed(!listed) }), [listed]);
  const [painted, setPainted] = useState(false);
  const paint = useCallback(() => setPainted(true), []);
  const index = useModel(model, (s) => s.index);
  const measurements = useModel(model, (s) => s.measurements);
  const measured = useMemo(
    () => (stack ? measuredIn(stack, measurements) : { points: [], boxes: [] }),
    [stack, measurements],
  );
  const lost = route.image !== undefined && stack !== null && at < 0;
  const shown = lost ? undefined : stack?.images[Math.min(index, stack.count - 1)];
  const [broken, setBroken] = useState<Trouble | null>(null);
  const trouble = (series.error ?? planes.error) as ApiError | null;
  const refused = lost ? planes.data?.refused.find((one) => one.image_id === route.image) : undefined;
  const absent = !refused && (trouble?.code === "input_not_found" || lost);
  return (
    <div
      className="workspace"
      data-list={listed || route.study === undefined ? "on" : "off"}
      data-study={route.study === undefined ? "none" : undefined}
    >
      <h1 className="heading">{t("browse.title")}</h1>
      <Follow {...{ route, model, layout, places, followed, volume }} series={chosen} stack={stack} />
      {route.study === undefined ? (
        <Suspense
          fallback={
            <div className="panel pad center">
              <Skeletons count={8} height={40} />
            </div>
          }
        >
          <Studies />
        </Suspense>
      ) : (
        <>
          {listed && (
            <StudyAside
              study={route.study}
              series={series.isPending ? undefined : (series.data ?? [])}
              selected={chosen}
              volume={volume}
              images={stack?.images ?? []}
              image={shown}
              pictures={painted || absent}
            />
          )}
          <div className="center">
            {lost || trouble ? (
              <div className="panel" style={{ height: "100%" }}>
                <Unopened
                  {...{ absent, refused }}
                  trouble={trouble}
                  what={series.error ? "study" : "series"}
                  retry={() => void (series.error ? series.refetch() : planes.refetch())}
                />
              </div>
            ) : stack && planes.data ? (
              <>
                <RefusedFiles files={planes.data.refused} />
                <Viewer
                  key={stack.id}
                  stack={stack}
                  {...{ model, layout, onLayout: setLayout, places }}
                  onPainted={paint}
                  onTrouble={setBroken}
                  list={list}
                  title={planes.data.series_description ?? t("browse.noDescription")}
                />
              </>
            ) : (
              <div className="panel" style={{ height: "100%", padding: 8 }}>
                <Skeletons count={1} height={420} />
              </div>
            )}
          </div>
        </>
      )}
      <aside className="panel side" aria-label={t("process.title")}>
        <ProcessPanel
          study={route.study}
          series={chosen}
          image={shown}
          planes={stack?.count ?? 0}
          images={stack?.images}
          found={planes.data}
          refusal={broken?.error ?? planes.error}
          part={volume}
          // The image that is looked at may be none of the volume's.
          onPart={(id) => navigate(imagePath(route.study, chosen, null, id), { replace: true })}
          measured={measured}
        />
        <JobList compact />
      </aside>
    </div>
  );
}
