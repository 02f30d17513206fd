/** All jobs of this browser. */

import { useT } from "../i18n";
import { ClientCard } from "../jobs/list/ClientCard";
import { JobList } from "../jobs/list/JobList";

export default function Jobs() {
  const t = useT();
  return (
    <div className="page">
      <h1 style={{ fontSize: "1.375rem", marginTop: 0 }}>{t("jobs.title")}</h1>
      <div className="panel">
        <JobList />
      </div>
      <ClientCard />
    </div>
  );
}
