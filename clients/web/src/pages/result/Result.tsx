/** One job: its result beside its source, its times, and its downloads. */

import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { useLanguage } from "../../i18n/index";
import { Advice } from "../../jobs/list/Advice";
import { JobActions } from "../../jobs/list/JobActions";
import { JobRow, StateBadge } from "../../jobs/list/JobRow";
import { stateKey } from "../../jobs/list/order";
import { isOpen } from "../../model";
import { observable } from "../../observable";
import { spokenJob } from "../../queries/spoken";
import { useCatalogue } from "../../queries/useCatalogue";
import { Link, navigate } from "../../router";
import { useServices, useStore } from "../../services";
import { Icon } from "../../ui/icons";
import { State } from "../../ui/State";
import { Compare } from "../../viewer/compare/Compare";
import { PlacesOverSource } from "../../viewer/places/PlacesOverSource";
import { type PlaceChoice, placed } from "../../viewer/places/usePlaces";
import { imagesOf } from "../../viewer/stack/useResult";
import { ResultDetails } from "./ResultDetails";

const NUMBER = /^[0-9a-f]{32}$/;

export default function Result({ id }: { id: string }) {
  const { t, language } = useLanguage();
  const { jobs } = useStore();
  const { store, actions, looked } = useServices();
  const stored = jobs.find((one) => one.key === id || one.jobId === id);
  const entry = useCatalogue().data?.find((one) => one.name === stored?.algorithm);
  const job = useMemo(() => stored && spokenJob(stored, entry, language), [stored, entry, language]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another job has other places
  const choices = useMemo(() => observable<PlaceChoice>({ shown: true, chosen: null }), [id]);
  useEffect(() => {
    if (job?.result && !job.seen) store.update(job.key, { seen: true });
  }, [job, store]);
  // The list keeps few outputs of a job, and another browser's list may not have it at all.
  const number = job ? job.jobId : NUMBER.test(id) ? id : null;
  const lacks = !job || job.result?.outputs_complete === false;
  const search = useQuery({
    queryKey: ["job", number],
    queryFn: () => actions.fetch(number ?? ""),
    enabled: number !== null && lacks,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!job) return <Unlisted pending={search.isLoading} open={typeof search.data === "string"} />;
  const hasImage = job.result?.outputs.some((one) => one.kind === "values" || one.kind === "preview");
  const alone = imagesOf(job).length === 0 && placed(job).length > 0 && job.reference.scope !== "study";
  const index = looked.get(job.reference.series_id ?? "");
  return (
    <div className="result">
      <div className="resultHead">
        <Link
          href="/jobs"
          className="upward"
          style={{ display: "inline-flex", alignItems: "center", gap: 4, fontSize: "0.875rem" }}
        >
          <Icon name="back" size={15} /> {t("jobs.back")}
        </Link>
        <h1 style={{ fontSize: "1.125rem", margin: 0 }}>{job.algorithm}</h1>
        <StateBadge state={job.state} word={stateKey(job)} />
        <span style={{ flex: 1 }} />
        <JobActions job={job} onPage />
      </div>
      <div className="center">
        {alone ? (
          <PlacesOverSource key={job.key} job={job} index={index} choices={choices} />
        ) : hasImage ? (
          <Compare key={job.key} job={job} index={index} choices={choices} />
        ) : (
          <div className="panel" style={{ height: "100%" }}>
            {isOpen(job) ? (
              <div style={{ maxWidth: 460, margin: "8vh auto" }}>
                <JobRow job={job} />
                <p className="quiet pad">{t("result.waiting")}</p>
              </div>
            ) : (
              <div className="state">
                <strong>{t(stateKey(job))}</strong>
                <Advice job={job} />
                {job.state === "succeeded" && <p>{t("result.noImage")}</p>}
              </div>
            )}
          </div>
        )}
      </div>
      <aside className="panel" aria-label={t("result.details")}>
        <ResultDetails job={job} choices={choices} />
      </aside>
    </div>
  );
}

/** What stands where a job would be that the list does not have. */
function Unlisted({ pending, open }: { pending: boolean; open: boolean }) {
  const { t } = useLanguage();
  if (pending) return <p className="quiet pad">{t("jobs.fetching")}</p>;
  return (
    <State
      page
      title={t(open ? "jobs.stillOpen" : "jobs.missing")}
      action={{ label: t("jobs.back"), onClick: () => navigate("/jobs") }}
    >
      {t(open ? "jobs.stillOpenHint" : "jobs.missingHint")}
    </State>
  );
}
