/** The points, boxes and tables that an algorithm declares, as tables. */

import { useQuery } from "@tanstack/react-query";
import { useT } from "../i18n";
import { measurementText } from "../jobs/input";
import { type ListedPort, listsOf, rowsOf } from "../jobs/listed";
import type { Job, Output } from "../model";
import { useServices } from "../services";

/** The most rows that are drawn: the file has all. */
const MOST_ROWS = 200;

export function PortLists({ job }: { job: Job }) {
  if (!job.result?.ports?.length) return null;
  return listsOf(job.result).map(({ port, output }) => (
    <PortList key={port.name} job={job} port={port} output={output} />
  ));
}

function PortList({ job, port, output }: { job: Job; port: ListedPort; output: Output }) {
  const t = useT();
  const { actions } = useServices();
  const list = useQuery({
    queryKey: ["list", job.key, output.key],
    staleTime: Number.POSITIVE_INFINITY,
    retry: 1,
    queryFn: async ({ signal }) => {
      const answer = await fetch(await actions.address(job, output), { signal });
      if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
      return rowsOf(port.type, await answer.json());
    },
  });
  return (
    <section style={{ marginBottom: 18, overflowX: "auto" }} data-testid={`list-${port.name}`}>
      <h2 style={{ fontSize: 14, margin: "0 0 6px" }}>{port.name.replaceAll("_", " ")}</h2>
      {port.description && <p className="quiet">{port.description}</p>}
      {list.isError && (
        <p className="quiet" role="alert">
          {t("result.listFailed")} {list.error.message}
        </p>
      )}
      {list.data && (
        <table className="timeline">
          <thead>
            <tr>
              {list.data.columns.map((name) => (
                <th key={name} scope="col">
                  {name || t("result.name")}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {list.data.rows.slice(0, MOST_ROWS).map((row, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
              <tr key={n}>
                {row.map((value, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: and so is a cell
                  <td key={at}>{measurementText(value)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {list.data && list.data.rows.length > MOST_ROWS && (
        <p className="quiet">{t("result.moreRows", { n: list.data.rows.length - MOST_ROWS })}</p>
      )}
    </section>
  );
}
