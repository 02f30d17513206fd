/** The points, boxes and tables that an algorithm declares, as tables; a place is chosen in its row. */

import { Button, Checkbox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useT } from "../../i18n/index";
import { useWords } from "../../i18n/words";
import { measurementText } from "../../jobs/list/input";
import { type ListedPort, listsOf, rowsOf } from "../../jobs/result/listed";
import type { Job, Output } from "../../model";
import { useObservable } from "../../observable";
import { message } from "../../ui/message";
import { texts } from "../../viewer/places/texts";
import { type PlaceChoices, useListFile } from "../../viewer/places/usePlaces";

/** The most rows that are drawn: the file has all. */
const MOST_ROWS = 200;

interface Props {
  job: Job;
  choices: PlaceChoices;
}

export function PortLists({ job, choices }: Props) {
  if (!job.result?.ports?.length) return null;
  return listsOf(job.result).map(({ port, output }) => (
    <PortList key={port.name} job={job} port={port} output={output} choices={choices} />
  ));
}

function PortList({ job, port, output, choices }: Props & { port: ListedPort; output: Output }) {
  const t = useT();
  const words = useWords(texts);
  const query = useListFile(job);
  const { shown, chosen } = useObservable(choices);
  const list = useQuery({ ...query(output), select: (file) => rowsOf(t, port.type, file) });
  const placed = port.type !== "table";
  const side = (column: number) => (list.data?.numbers[column] ? "right" : "left");
  const first = (value: unknown, n: number) => {
    const name = measurementText(t, value);
    const pressed = chosen?.port === port.name && chosen.n === n;
    return (
      <Button
        {...(pressed ? { variant: "filled", color: "blue.8" } : { variant: "subtle" })}
        size="compact-xs"
        aria-pressed={pressed}
        aria-label={words("go", { name })}
        onClick={() => choices.set({ chosen: pressed ? null : { port: port.name, n }, shown: true })}
      >
        {name}
      </Button>
    );
  };
  return (
    <section style={{ marginBottom: 18, overflowX: "auto" }} data-testid={`list-${port.name}`}>
      <h2 style={{ fontSize: "0.875rem", margin: "0 0 6px" }}>{port.label ?? port.name.replaceAll("_", " ")}</h2>
      {port.description && <p className="quiet">{port.description}</p>}
      {list.isError && (
        <p className="quiet" role="alert">
          {t("result.listFailed")} {message(t, list.error)}
        </p>
      )}
      {placed && list.data && (
        <Checkbox
          size="xs"
          mb={6}
          label={words("shown")}
          checked={shown}
          onChange={(event) => choices.set({ shown: event.currentTarget.checked })}
        />
      )}
      {list.data && (
        <table className="timeline">
          <thead>
            <tr>
              {list.data.columns.map((name, at) => (
                <th key={name} scope="col" style={{ textAlign: side(at) }}>
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
                  <td key={at} style={{ textAlign: side(at) }}>
                    {placed && at === 0 ? first(value, n) : measurementText(t, value)}
                  </td>
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
