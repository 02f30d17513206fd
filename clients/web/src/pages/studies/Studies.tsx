/** The archive's studies as a table beside its search, fetched page by page; search and order stay in the address. */

import { useDebouncedValue } from "@mantine/hooks";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type ApiError, isRefused } from "../../api/http";
import type { StudySearch as Search, Study } from "../../api/pacs";
import { useLanguage } from "../../i18n";
import { useStudies } from "../../queries/useArchive";
import { imagePath, searchOf, searchPath } from "../../route";
import { Link, navigate } from "../../router";
import { useServices } from "../../services";
import { ApiTrouble } from "../../ui/ApiTrouble";
import { dicomDate } from "../../ui/format";
import { message } from "../../ui/message";
import { Skeletons, State } from "../../ui/State";
import { VirtualList } from "../../ui/VirtualList";
import { Adding } from "../../uploads/Adding";
import { modalitiesOf } from "./modalities";
import { personName } from "./personName";
import { StudyHead } from "./StudyHead";
import { StudySearch } from "./StudySearch";
import { orderIn, type StudyOrder, studiesInOrder, studyOrderOf } from "./studyOrder";

/** Studies that are loaded to be put in order: of more, those first in the archive's own order. */
const ORDERED_MOST = 2000;

export default function Studies() {
  const { t } = useLanguage();
  const { config, listed } = useServices();
  const { patients } = config;
  const [search, setSearch] = useState<Search>(() => searchOf(window.location.search));
  const [settled] = useDebouncedValue(search, 250);
  const [wantedOrder, setOrder] = useState<StudyOrder | null>(() => studyOrderOf(window.location.search));
  useEffect(() => {
    listed.address = searchPath(settled, wantedOrder);
    navigate(listed.address, { replace: true });
  }, [settled, wantedOrder, listed]);
  const query = useStudies(settled);
  const { data } = query;
  // A list that was read to its end stays in the order in which it was read.
  const order = orderIn(wantedOrder, query.hasNextPage || (data?.pages.length ?? 0) > 1);
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
  // What was seen before the search was narrowed is still there.
  const seen = useRef({ modalities: new Set<string>(), whole: false });
  for (const one of loaded) for (const modality of one.modalities) seen.current.modalities.add(modality);
  if (query.isSuccess && !query.isPlaceholderData && !filtered && !hasNextPage) seen.current.whole = true;
  const offered = modalitiesOf(seen.current.modalities, search.modality, seen.current.whole);
  return (
    <>
      <aside className="panel browser" aria-label={t("browse.search")}>
        <Adding />
        <StudySearch search={search} modalities={offered} onChange={change} />
      </aside>
      <section className="panel center studies" aria-label={t("browse.studies")}>
        <StudyHead
          count={studies.length}
          more={hasNextPage}
          known={query.isSuccess}
          order={order}
          onOrder={setOrder}
          refreshing={query.isRefetching}
          onRefresh={() => void query.refetch()}
        />
        <VirtualList
          label={t("browse.studies")}
          testId="studies"
          count={studies.length}
          height={() => (patients ? 70 : 44)}
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
      </section>
    </>
  );
}

function StudyRow({ study, tabIndex }: { study: Study; tabIndex: 0 | -1 }) {
  const { t, language } = useLanguage();
  const { patients } = useServices().config;
  const { study_id, study_description, modalities, study_date } = study;
  return (
    <Link className={`item studyColumns ${patients ? "patients" : ""}`} href={imagePath(study_id)} tabIndex={tabIndex}>
      <span>{study_description ?? t("browse.noDescription")}</span>
      <span>{modalities.join(" ")}</span>
      <span>{dicomDate(study_date, language)}</span>
      <small className="quiet" title={study_id}>
        {study_id}
      </small>
      {patients && (
        <>
          <span>{personName(study.patient_name)}</span>
          <span>{study.patient_id}</span>
        </>
      )}
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
      {error.unreachable ? t("trouble.pacsHint", { address: config.pacs }) : message(t, error)}
    </State>
  );
}
