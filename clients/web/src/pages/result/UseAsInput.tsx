/** Starts a chain: an output of this job becomes an input of another algorithm. */

import { Button, Menu } from "@mantine/core";
import { outputsOf } from "../../forms/inputs/offers";
import { useT } from "../../i18n/index";
import type { Job } from "../../model";
import { useCatalogue } from "../../queries/useCatalogue";
import { inputPath } from "../../route";
import { navigate } from "../../router";
import { useServices } from "../../services";

export function UseAsInput({ job }: { job: Job }) {
  const t = useT();
  const { draft } = useServices();
  const catalogue = useCatalogue();
  const { jobId, reference } = job;
  const ways = outputsOf(job).flatMap((output) =>
    (catalogue.data ?? []).flatMap((entry) =>
      (entry.inputs ?? [])
        .filter((port) => port.type === output.type)
        .map((port) => ({ algorithm: entry.name, port: port.name, output: output.name })),
    ),
  );
  if (!jobId || ways.length === 0) return null;
  const use = ({ algorithm, port, output }: (typeof ways)[number]) => {
    const { inputs } = draft.get();
    const given = { ...inputs[algorithm], [port]: [{ job_id: jobId, output }] };
    draft.set({ algorithm, inputs: { ...inputs, [algorithm]: given } });
    navigate(inputPath(reference));
  };
  return (
    <Menu shadow="md" withinPortal withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button size="compact-sm" variant="default" mt={8}>
          {t("result.useAs")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={300} style={{ overflow: "auto" }}>
        {ways.map((way) => (
          <Menu.Item key={Object.values(way).join()} onClick={() => use(way)} rightSection={way.output}>
            {way.algorithm} · {way.port.replaceAll("_", " ")}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
