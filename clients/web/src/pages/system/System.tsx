/** What operators see: queues, tasks, the oldest job, durations beside what is declared, failures by reason. */

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { connect } from "../../api/client";
import { type ApiError, isRefused } from "../../api/http";
import type { components } from "../../api/processing-schema";
import { type Language, type Translate, useLanguage, useT } from "../../i18n/index";
import { useServices } from "../../services";
import { ApiTrouble } from "../../ui/ApiTrouble";
import { clockTime, decimal, duration } from "../../ui/format";
import { message } from "../../ui/message";
import { Skeletons, State } from "../../ui/State";
import { texts } from "../../ui/systemTexts";
import { SystemTable } from "./SystemTable";

type View = components["schemas"]["SystemView"];
type Algorithm = components["schemas"]["AlgorithmView"];
type Words = (typeof texts)[Language];
const EVERY_MS = 60_000;

export default function System() {
  const { language, t } = useLanguage();
  const { config, session } = useServices();
  const words = texts[language];
  useEffect(() => {
    document.title = `${words.title} · ${t("app.title")}`;
  }, [words, t]);
  const look = useQuery({
    queryKey: ["system"],
    queryFn: () => connect(config.api, session).call<View>("GET", "/operations/system"),
    refetchInterval: EVERY_MS,
    enabled: config.operators,
  });
  if (!config.operators)
    return (
      <State page title={words.elsewhere}>
        {words.how}
      </State>
    );
  const again = () => void look.refetch();
  return (
    <div className="page">
      <h1 style={{ fontSize: "1.375rem", margin: 0 }}>{words.title}</h1>
      {look.isPending && <Skeletons count={5} height={40} />}
      {look.isError && <Trouble error={look.error as ApiError} words={words} retry={again} />}
      {look.data && (
        <>
          <p className="quiet">
            {words.read.replace("{time}", clockTime(look.data.at, language))}{" "}
            <Button size="compact-sm" variant="default" onClick={again}>
              {words.again}
            </Button>
          </p>
          <Shown view={look.data} words={words} />
        </>
      )}
    </div>
  );
}

function Trouble({ error, words, retry }: { error: ApiError; words: Words; retry: () => void }) {
  const t = useT();
  if (isRefused(error)) return <ApiTrouble error={error} retry={retry} />;
  if (error.status === 403) return <State title={words.refused}>{words.refusedHow}</State>;
  const action = { label: words.again, onClick: retry };
  return (
    <State title={words.trouble} alert action={action}>
      {message(t, error)}
    </State>
  );
}

function Shown({ view, words }: { view: View; words: Words }) {
  const t = useT();
  return (
    <>
      <SystemTable
        title={words.algorithms}
        head={[words.algorithm, words.waiting, words.held, words.letters, words.tasks, words.oldest, words.cost]}
        rows={view.algorithms.map((one) => [
          one.name,
          one.waiting,
          one.held,
          one.dead_letters,
          `${one.running} / ${one.wanted}`,
          one.oldest_accepted_at === null ? "—" : duration(t, view.at - one.oldest_accepted_at),
          `$${decimal(t, one.usd_today.toFixed(2))}`,
        ])}
      />
      <p className="quiet">
        {words.spent.replace("{usd}", `$${decimal(t, dollars(view))}`).replace("{prices}", view.prices)}
      </p>
      <SystemTable
        title={words.durations}
        head={[words.algorithm, words.jobs, words.median, words.p95, words.typical, words.timeout, words.better]}
        rows={view.algorithms.map(({ name, durations: d }) => [
          name,
          d.jobs,
          seconds(t, d.p50),
          seconds(t, d.p95),
          decimal(t, d.typical_seconds),
          decimal(t, d.timeout),
          better(d, words),
        ])}
      />
      {view.failures.length > 0 && (
        <SystemTable
          title={words.failures}
          head={[words.reason, words.jobs]}
          rows={view.failures.map((one) => [one.reason, one.jobs])}
        />
      )}
      <p className="quiet">{view.failures.length > 0 ? words.settle : words.none}</p>
      {!view.complete && <p className="quiet">{words.partial}</p>}
    </>
  );
}

const dollars = (view: View) => view.algorithms.reduce((sum, one) => sum + one.usd_today, 0).toFixed(2);

const seconds = (t: Translate, value: number | null) =>
  value === null ? "—" : decimal(t, Number(value.toPrecision(3)));

function better(found: Algorithm["durations"], words: Words): string {
  const { better_typical_seconds: typical, better_timeout: timeout } = found;
  const parts = [
    ...(typical === null ? [] : [`typical_seconds=${typical}`]),
    ...(timeout === null ? [] : [`timeout=${timeout}`]),
  ];
  return parts.join(", ") || (found.jobs < 20 ? words.few : words.fits);
}
