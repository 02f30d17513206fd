/** The small picture of a job's result, its address renewed before it expires. */

import { useQuery } from "@tanstack/react-query";
import type { Job } from "../../model";
import { useServices } from "../../services";
import { Thumbnail } from "../../ui/Thumbnail";
import { RENEW_MS } from "./addresses";

export function Preview({ job, size }: { job: Job; size: number }) {
  const { actions } = useServices();
  const previews = job.result?.outputs.filter((one) => one.kind === "preview") ?? [];
  const output = previews[Math.floor(previews.length / 2)] ?? job.result?.outputs.find((one) => one.kind === "mosaic");
  const address = useQuery({
    queryKey: ["address", job.key, output?.key],
    queryFn: () => (output ? actions.address(job, output) : ""),
    enabled: output !== undefined,
    staleTime: RENEW_MS,
    refetchInterval: RENEW_MS,
  });
  return <Thumbnail src={address.data || null} size={size} />;
}
