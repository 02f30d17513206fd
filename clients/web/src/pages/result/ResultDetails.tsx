/** What is known of a job: measurements, input, parameters, downloads and times. */

import { useLanguage, useT } from "../../i18n/index";
import { Advice } from "../../jobs/list/Advice";
import { inputText, measurementText } from "../../jobs/list/input";
import { Downloads } from "../../jobs/result/Downloads";
import { Timeline } from "../../jobs/result/Timeline";
import type { Job } from "../../model";
import { useParameters } from "../../queries/useParameters";
import { clockTime } from "../../ui/format";
import type { PlaceChoices } from "../../viewer/places/usePlaces";
import { useVolumeText } from "../browse/volumeText";
import { PortLists } from "./PortLists";
import { usePlaneText } from "./planeText";
import { UseAsInput } from "./UseAsInput";

export function ResultDetails({ job, choices }: { job: Job; choices: PlaceChoices }) {
  const { t, language } = useLanguage();
  const ports = new Map((job.result?.ports ?? []).map((port) => [port.name, port]));
  const measurements = Object.entries(job.result?.measurements ?? {});
  const [volume, plane] = [useVolumeText(job), usePlaneText(job)];
  const known = useParameters(job.algorithm);
  const parameters = Object.entries(job.result?.parameters ?? job.parameters);
  return (
    <div className="pad">
      {job.state === "partial" && (
        <div style={{ marginBottom: 18 }}>
          <Advice job={job} />
        </div>
      )}
      {measurements.length > 0 && (
        <Section title={t("result.measurements")}>
          <Pairs pairs={measurements} named={ports} />
        </Section>
      )}
      <PortLists job={job} choices={choices} />
      <Section title={t("result.input")}>
        <p className="quiet" style={{ margin: 0, overflowWrap: "anywhere" }}>
          {[clockTime(job.sentAt, language), job.jobId, inputText(t, job), plane, volume].filter(Boolean).join(" · ")}
        </p>
      </Section>
      {parameters.length > 0 && (
        <Section title={t("result.parameters")}>
          <Pairs pairs={parameters.map(([name, value]) => [name, value ?? t("process.empty")])} named={known} />
        </Section>
      )}
      {job.result && job.result.outputs.length > 0 && (
        <Section title={t("result.outputs")}>
          <Downloads job={job} outputs={job.result.outputs} />
          <UseAsInput job={job} />
          {job.result.outputs_complete === false && <p className="quiet">{t("result.incomplete")}</p>}
        </Section>
      )}
      {Object.keys(job.hops).length > 0 && (
        <details data-testid="times">
          <summary style={{ fontSize: "0.875rem", fontWeight: 600 }}>{t("result.timeline")}</summary>
          <Timeline hops={job.hops} />
        </details>
      )}
    </div>
  );
}

function Section({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section style={{ marginBottom: 18 }}>
      <h2 style={{ fontSize: "0.875rem", margin: "0 0 6px" }}>{title}</h2>
      {children}
    </section>
  );
}

interface PairsProps {
  pairs: readonly (readonly [string, unknown])[];
  /** What values are called, and their units. */
  named: ReadonlyMap<string, { label?: string; unit?: string | null; said?: Readonly<Record<string, string>> }>;
}

function Pairs({ pairs, named }: PairsProps) {
  const t = useT();
  return (
    <table className="timeline">
      <tbody>
        {pairs.map(([name, value]) => {
          const { label = name, unit, said } = named.get(name) ?? {};
          return (
            <tr key={name}>
              <th scope="row" className="quiet">
                {label}
              </th>
              <td className="value">
                {[said?.[String(value)] ?? measurementText(t, value), unit].filter(Boolean).join(" ")}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
