/** The jobs of this browser, newest first. */

import { useT } from "../i18n";
import { useStore } from "../services";
import { State } from "../ui/State";
import { JobRow } from "./JobRow";

export function JobList({ compact }: { compact?: boolean }) {
  const t = useT();
  const { jobs } = useStore();
  return (
    <section
      aria-label={t("jobs.title")}
      data-testid="jobs"
      style={compact ? { borderTop: "1px solid var(--line)" } : undefined}
    >
      {compact && <h2 style={{ fontSize: 16, margin: 0, padding: "12px 12px 4px" }}>{t("jobs.title")}</h2>}
      {jobs.length === 0 ? (
        compact ? (
          <p className="quiet pad" style={{ margin: 0, paddingTop: 0 }}>
            {t("jobs.none")}
          </p>
        ) : (
          <State title={t("jobs.none")}>{t("jobs.noneHint")}</State>
        )
      ) : (
        jobs.slice(0, compact ? 20 : undefined).map((job) => <JobRow key={job.key} job={job} />)
      )}
    </section>
  );
}
