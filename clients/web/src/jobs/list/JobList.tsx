/** The jobs of this browser, newest first; the whole list can be narrowed and cleared. */

import { Button, NativeSelect, SegmentedControl } from "@mantine/core";
import { memo, Suspense, useState } from "react";
import { useT } from "../../i18n/index";
import { isOpen, type Job } from "../../model";
import { useServices, useStore } from "../../services";
import { lazy } from "../../ui/lazy";
import { State } from "../../ui/State";
import { JobRow } from "./JobRow";
import { inOrder, ORDERS, type Order } from "./order";
import { rowsOf } from "./rows";

const BatchRow = lazy(() => import("../batch/BatchRow"));

const SHOWN_COMPACT = 20;
const GOOD: readonly Job["state"][] = ["succeeded", "partial"];
const FILTERS = {
  all: () => true,
  open: isOpen,
  good: (job: Job) => GOOD.includes(job.state),
  bad: (job: Job) => !isOpen(job) && !GOOD.includes(job.state),
};
type Filter = keyof typeof FILTERS;

export const JobList = memo(function JobList({ compact }: { compact?: boolean }) {
  const t = useT();
  const { jobs } = useStore();
  const [filter, setFilter] = useState<Filter>("all");
  const [order, setOrder] = useState<Order>("newest");
  const shown = compact ? rowsOf(jobs).slice(0, SHOWN_COMPACT) : rowsOf(inOrder(jobs.filter(FILTERS[filter]), order));
  return (
    <section
      aria-label={t("jobs.title")}
      data-testid="jobs"
      style={compact ? { borderTop: "1px solid var(--line)" } : undefined}
    >
      {compact && <h2 style={{ fontSize: "1rem", margin: 0, padding: "12px 12px 4px" }}>{t("jobs.title")}</h2>}
      {!compact && jobs.length > 0 && <Bar {...{ filter, order }} onFilter={setFilter} onOrder={setOrder} />}
      {jobs.length === 0 &&
        (compact ? (
          <p className="quiet pad" style={{ margin: 0, paddingTop: 0 }}>
            {t("jobs.none")}
          </p>
        ) : (
          <State title={t("jobs.none")}>{t("jobs.noneHint")}</State>
        ))}
      {jobs.length > 0 && shown.length === 0 && <p className="quiet pad">{t("jobs.noneSuch")}</p>}
      {shown.map((row) => {
        const [job] = row;
        if (!job?.batch) return job && <JobRow key={job.key} job={job} />;
        return (
          <Suspense key={job.batch}>
            <BatchRow id={job.batch} shown={row} />
          </Suspense>
        );
      })}
    </section>
  );
});

interface BarProps {
  filter: Filter;
  onFilter: (filter: Filter) => void;
  order: Order;
  onOrder: (order: Order) => void;
}

function Bar({ filter, onFilter, order, onOrder }: BarProps) {
  const t = useT();
  const { jobs } = useStore();
  const { store } = useServices();
  const ended = jobs.filter((job) => !isOpen(job)).length;
  return (
    <div className="pad" style={{ display: "flex", flexWrap: "wrap", gap: 8, justifyContent: "space-between" }}>
      <SegmentedControl
        size="xs"
        aria-label={t("jobs.filter")}
        value={filter}
        onChange={(value) => onFilter(value as Filter)}
        data={(Object.keys(FILTERS) as Filter[]).map((value) => ({
          value,
          label: `${t(`jobs.filter.${value}`)} (${jobs.filter(FILTERS[value]).length})`,
        }))}
      />
      <NativeSelect
        size="xs"
        aria-label={t("jobs.order")}
        value={order}
        onChange={(event) => onOrder(event.currentTarget.value as Order)}
        data={ORDERS.map((value) => ({ value, label: t(`jobs.order.${value}`) }))}
      />
      <Button
        size="compact-sm"
        variant="default"
        disabled={ended === 0}
        onClick={() => store.set((state) => ({ ...state, jobs: state.jobs.filter(isOpen) }))}
      >
        {t("jobs.clear", { n: ended })}
      </Button>
    </div>
  );
}
