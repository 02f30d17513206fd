/** The workspace: the archive, the viewer and the form side by side. */

import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type ApiError, isRefused } from "../api/http";
import { useT } from "../i18n";
import { JobList } from "../jobs/JobList";
import { imagePath, type Route } from "../route";
import { navigate } from "../router";
import { useServices } from "../services";
import { ApiTrouble } from "../ui/ApiTrouble";
import { Skeletons, State } from "../ui/State";
import { createModel, type Model, useModel } from "../viewer/model";
import { Viewer } from "../viewer/Viewer";
import { ProcessPanel } from "./ProcessPanel";
import { StudyList } from "./StudyList";
import { StudyTree } from "./StudyTree";
import { useSeries, useStack } from "./useArchive";

type BrowseRoute = Extract<Route, { page: "browse" }>;

export function Browse({ route }: { route: BrowseRoute }) {
  const t = useT();
  const { draft, config } = useServices();
  const series = useSeries(route.study);
  const chosen = route.series ?? series.data?.[0]?.series_id;
  const { stack, ...planes } = useStack(route.study, chosen);
  const at = route.image && stack ? stack.images.indexOf(route.image) : -1;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another stack starts afresh, at the image of the address
  const model = useMemo(() => createModel({ index: Math.max(0, at) }), [stack]);
  const { scope } = route;
  useEffect(() => {
    if (scope) draft.set({ scope });
  }, [scope, draft]);
  // The address leads to an image; scrolling the stack leads the address.
  const followed = useRef<string>(undefined);
  useEffect(() => {
    // An address that scrolling itself wrote may be older than the shown image.
    if (at < 0 || followed.current === route.image) return;
    if (stack?.images[model.get().index] !== route.image) model.set({ index: at });
  }, [at, stack, model, route.image]);
  const [listed, setListed] = useState(true);
  const shownList = listed || route.study === undefined;
  const [painted, setPainted] = useState(false);
  const paint = useCallback(() => setPainted(true), []);
  const index = useModel(model, (s) => s.index);
  const shown = stack?.images[Math.min(index, stack.count - 1)];
  const found = planes.data;
  const volume = useMemo(
    () => found?.good_for && { goodFor: found.good_for, reason: found.not_a_volume, files: found.images.length },
    [found],
  );
  const trouble = (series.error ?? planes.error) as ApiError | null;
  const absent = trouble?.code === "input_not_found" || (route.image !== undefined && stack !== null && at < 0);
  return (
    <div
      className="workspace"
      data-list={shownList ? "on" : "off"}
      data-study={route.study === undefined ? "none" : undefined}
    >
      <Follow route={route} series={chosen} model={model} images={stack?.images} followed={followed} />
      {shownList && (
        <aside className="panel browser" aria-label={t("browse.title")}>
          {route.study === undefined ? (
            <StudyList />
          ) : series.isPending ? (
            <div className="pad">
              <Skeletons count={3} height={62} />
            </div>
          ) : (
            <StudyTree
              study={route.study}
              series={series.data ?? []}
              selected={chosen}
              images={stack?.images ?? []}
              image={shown}
              pictures={painted || absent}
            />
          )}
        </aside>
      )}
      <div className="center">
        {route.study === undefined ? (
          <div className="panel" style={{ height: "100%" }}>
            <State title={t("browse.choose")}>{t("browse.chooseHint")}</State>
          </div>
        ) : absent ? (
          <div className="panel" style={{ height: "100%" }}>
            <State
              title={t("browse.notFound")}
              alert
              action={{ label: t("browse.allStudies"), onClick: () => navigate("/") }}
            >
              {t("browse.notFoundHint")}
            </State>
          </div>
        ) : trouble && isRefused(trouble) ? (
          <div className="panel" style={{ height: "100%" }}>
            <ApiTrouble error={trouble} retry={series.refetch} images />
          </div>
        ) : trouble ? (
          <div className="panel" style={{ height: "100%" }}>
            <State
              title={trouble.unreachable ? t("trouble.pacs") : t("viewer.failed")}
              alert
              action={{
                label: t("common.retry"),
                onClick: () => void (series.error ? series.refetch() : planes.refetch()),
              }}
            >
              {trouble.unreachable ? t("trouble.pacsHint", { address: config.pacs }) : trouble.message}
            </State>
          </div>
        ) : stack ? (
          <Viewer
            key={stack.id}
            stack={stack}
            model={model}
            onPainted={paint}
            list={{ shown: listed, toggle: () => setListed(!listed) }}
            title={planes.data?.series_description ?? t("browse.noDescription")}
          />
        ) : (
          <div className="panel" style={{ height: "100%", padding: 8 }}>
            <Opening />
          </div>
        )}
      </div>
      <aside className="panel side" aria-label={t("process.title")}>
        <ProcessPanel study={route.study} series={chosen} image={shown} planes={stack?.count ?? 0} volume={volume} />
        <JobList compact />
      </aside>
    </div>
  );
}

function Opening() {
  return <Skeletons count={1} height={420} />;
}

interface FollowProps {
  route: BrowseRoute;
  series?: string;
  model: Model;
  images?: readonly string[];
  followed: RefObject<string | undefined>;
}

/** Writes the shown image into the address, so that the user can share it. */
function Follow({ route, series, model, images, followed }: FollowProps) {
  const image = useModel(model, (s) => images?.[s.index]);
  const cine = useModel(model, (s) => s.cine);
  const { study, image: addressed } = route;
  const known = addressed === undefined || images?.includes(addressed);
  useEffect(() => {
    if (!study || !series || !image || image === addressed || cine || !known) return;
    const timer = setTimeout(() => {
      followed.current = image;
      navigate(imagePath(study, series, image), { replace: true });
    }, 400);
    return () => clearTimeout(timer);
  }, [study, series, image, addressed, cine, known, followed]);
  return null;
}
