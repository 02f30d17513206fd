/** What a pane shows: the open series, another one of its study, or the result of a job. */

import { Button, Menu } from "@mantine/core";
import { useT } from "../../i18n";
import { shortId } from "../../jobs/list/input";
import { useSeries } from "../../queries/useArchive";
import { useStore } from "../../services";
import { Icon } from "../../ui/icons";
import { imagesOf } from "../stack/useResult";
import type { PaneSource } from "./layout";
import classes from "./panes.module.css";

interface Props {
  n: number;
  study: string;
  /** What the pane shows, in words. */
  title: string;
  onChange: (source: PaneSource) => void;
}

const MOST_RESULTS = 20;

export function SourceMenu({ n, study, title, onChange }: Props) {
  const t = useT();
  const series = useSeries(study);
  const results = useStore()
    .jobs.filter((job) => imagesOf(job).length > 0)
    .slice(0, MOST_RESULTS);
  return (
    <Menu shadow="md" withinPortal withInitialFocusPlaceholder={false} width={280}>
      <Menu.Target>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          aria-label={t("panes.choose", { n: n + 1, title })}
          style={{ minWidth: 0, flex: "0 1 auto" }}
        >
          <span className={classes.slotTitle}>{title}</span> <Icon name="down" size={14} />
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={340} style={{ overflow: "auto" }}>
        <Menu.Item onClick={() => onChange({ kind: "open" })}>{t("panes.open")}</Menu.Item>
        <Menu.Label>{t("panes.series")}</Menu.Label>
        {(series.data ?? []).map((one) => (
          <Menu.Item
            key={one.series_id}
            onClick={() => onChange({ kind: "series", study, series: one.series_id })}
            rightSection={one.modality}
          >
            {one.series_description ?? t("browse.noDescription")} ({one.images})
          </Menu.Item>
        ))}
        {results.length > 0 && <Menu.Label>{t("panes.results")}</Menu.Label>}
        {results.map((job) => (
          <Menu.Item
            key={job.key}
            onClick={() => onChange({ kind: "job", job: job.jobId ?? job.key })}
            rightSection={shortId(job.jobId ?? job.key)}
          >
            {job.algorithm}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
