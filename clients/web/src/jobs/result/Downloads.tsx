/** Every output of a job to download. */

import { useQuery } from "@tanstack/react-query";
import { useT } from "../../i18n/index";
import type { Job, Output } from "../../model";
import { useServices } from "../../services";
import { bytes } from "../../ui/format";
import { Icon } from "../../ui/icons";
import { RENEW_MS } from "./addresses";

/** Values and mosaic first, then the previews in a list of their own. */
export function Downloads({ job, outputs }: { job: Job; outputs: readonly Output[] }) {
  const t = useT();
  const previews = outputs.filter((one) => one.kind === "preview");
  const others = outputs.filter((one) => one.kind !== "preview");
  // Files of declared outputs, of which there may be several of a kind, go by their own names.
  const labels: Partial<Record<Output["kind"], string>> = { values: t("result.values"), mosaic: t("result.mosaic") };
  return (
    <>
      <div style={{ display: "flex", flexDirection: "column", gap: 4 }}>
        {others.map((output) => (
          <Download
            key={output.key}
            job={job}
            output={output}
            label={(!output.port && labels[output.kind]) || output.name}
          />
        ))}
        {previews.length === 1 && previews[0] && (
          <Download job={job} output={previews[0]} label={t("result.preview")} />
        )}
      </div>
      {previews.length > 1 && (
        <details style={{ marginTop: 8, fontSize: "0.8125rem" }}>
          <summary>
            {t("result.preview")} ({previews.length})
          </summary>
          <div style={{ display: "flex", flexDirection: "column", gap: 2, maxHeight: 260, overflow: "auto" }}>
            {previews.map((output) => (
              <Download key={output.key} job={job} output={output} label={output.name} />
            ))}
          </div>
        </details>
      )}
    </>
  );
}

function Download({ job, output, label }: { job: Job; output: Output; label: string }) {
  const t = useT();
  const { actions } = useServices();
  // The address is signed when it is needed: an older one may have expired.
  const address = useQuery({
    queryKey: ["address", job.key, output.key],
    queryFn: () => actions.address(job, output),
    staleTime: RENEW_MS,
    refetchInterval: RENEW_MS,
  });
  return (
    <a
      className="download"
      href={address.data}
      download={output.name}
      title={t("result.download", { name: output.name })}
    >
      <Icon name="download" size={15} />
      <span>{label}</span>
      <span className="quiet">{bytes(t, output.bytes)}</span>
    </a>
  );
}
