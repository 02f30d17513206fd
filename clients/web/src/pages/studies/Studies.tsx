/** Search over the archive's studies, fetched page by page; the search stays in the address. */

import { Button, NativeSelect } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useCallback, useEffect, useMemo, useState } from "react";
import { type ApiError, isRefused } from "../api/http";
import type { StudySearch as Search, Study } from "../api/pacs";
import { useLanguage } from "../i18n";
import { useStudies } from "../queries/useArchive";
import { imagePath, searchOf, searchPath } from "../route";
import { Link, navigate } from "../router";
import { useServices } from "../services";
import { ApiTrouble } from "../ui/ApiTrouble";
import { dicomDate } from "../ui/format";
import { Skeletons, State } from "../ui/State";
import { VirtualList } from "../ui/VirtualList";
import { StudySearch } from "./StudySearch";
import { STUDY_ORDERS, type StudyOrder, studiesInOrder, studyOrderOf } from "./studyOrder";

/** Studies that are loaded to be put in order: of more, those first in the archive's own order. */
const ORDERED_MOST = 2000;

export function StudyList() {
  const { t } = useLanguage();
  const [search, setSearch] = useState<Search>(() => searchOf(window.location.search));
  const [settled] = useDebouncedValue(search, 250);
  const [order, setOrder] = useState<StudyOrder>(() => studyOrderOf(window.location.search));
  useEffect(() => navigate(searchPath(settled, order), { replace: true }), [settled, order]);
  const query = useStudies(settled);
  const { data } = query;
  const loaded = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const studies = useMemo(() => studiesInOrder(loaded, order), [loaded, order]);
  const [last, setLast] = useState(-1);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  // A page of a search may be empty and not the last.
  const near = last >= studies.length - 10 || (order !== "archive" && studies.length < ORDERED_MOST);
  const wanted = hasNextPage && !isFetchingNextPage && near;
  useEffect(() => {
    if (wanted) void fetchNextPage();
  }, [wanted, fetchNextPage]);
  const change = useCallback((part: Partial<Search>) => setSearch((before) => ({ ...before, ...part })), []);
  const filtered = Object.values(settled).some(Boolean);
  return (
    <>
      <StudySearch search={search} onChange={change} />
      <div className="listBar">
        <span role="status">
          {query.isSuccess && t("browse.found", { n: `${studies.length}${hasNextPage ? "+" : ""}` })}
        </span>
        <NativeSelect
          size="xs"
          aria-label={t("browse.order")}
          value={order}
          onChange={(event) => setOrder(event.currentTarget.value as StudyOrder)}
          data={STUDY_ORDERS.map((value) => ({ value, label: t(`browse.order.${value}`) }))}
        />
        <Button size="compact-xs" variant="default" loading={query.isRefetching} onClick={() => void query.refetch()}>
          {t("browse.refresh")}
        </Button>
      </div>
      <VirtualList
        label={t("browse.studies")}
        testId="studies"
        count={studies.length}
        height={() => 62}
        keyOf={(at) => studies[at]?.study_id ?? String(at)}
        onLast={setLast}
        row={(at, tabIndex) => studies[at] && <StudyRow study={studies[at]} tabIndex={tabIndex} />}
      >
        {query.isPending && <Skeletons count={6} height={54} />}
        {query.isError && <ListTrouble error={query.error as ApiError} retry={() => void query.refetch()} />}
        {query.isSuccess && studies.length === 0 && !hasNextPage && (
          <State title={filtered ? t("browse.nothing") : t("browse.empty")}>
            {filtered ? t("browse.nothingHint") : t("browse.emptyHint")}
          </State>
        )}
      </VirtualList>
    </>
  );
}

function StudyRow({ study, tabIndex }: { study: Study; tabIndex: 0 | -1 }) {
  const { t, language } = useLanguage();
  const { study_id, study_description, modalities, study_date } = study;
  return (
    <Link className="item" href={imagePath(study_id)} tabIndex={tabIndex}>
      <span className="itemText">
        <span>{study_description ?? t("browse.noDescription")}</span>
        <small>{[modalities.join(" "), dicomDate(study_date, language)].filter(Boolean).join(" · ")}</small>
        <small title={study_id}>{study_id}</small>
      </span>
    </Link>
  );
}

function ListTrouble({ error, retry }: { error: ApiError; retry: () => void }) {
  const { t } = useLanguage();
  const { config } = useServices();
  if (isRefused(error)) return <ApiTrouble error={error} retry={retry} images />;
  return (
    <State
      title={t(error.unreachable ? "trouble.pacs" : "browse.listFailed")}
      alert
      action={{ label: t("common.retry"), onClick: retry }}
    >
      {error.unreachable ? t("trouble.pacsHint", { address: config.pacs }) : error.message}
    </State>
  );
}
