/** Results that are laid over one source: the job's own, and those that are added. */

import { Button, Menu } from "@mantine/core";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useT } from "../../i18n";
import type { MetaImage } from "../../imaging/files/metaimage";
import { isMask } from "../../imaging/files/metaPlane";
import { layered } from "../../imaging/values/labels";
import type { Job } from "../../model";
import { useStore } from "../../services";
import type { FrameCache } from "../stack/cache";
import { useCache } from "../stack/useCache";
import { useResultStack } from "../stack/useResult";
import { type Candidate, candidates } from "./candidates";
import type { ShownLayer } from "./LabelList";

interface Own {
  job: Job;
  shown: string | undefined;
  source: FrameCache | null;
  result: ReturnType<typeof useResultStack>;
}

const nameOf = ({ job, name }: Candidate) => `${job.key}/${name}`;

export function useLayers({ job, shown, source, result }: Own) {
  const { jobs } = useStore();
  const [added, setAdded] = useState<readonly Candidate[]>([]);
  const [loaded, setLoaded] = useState<Readonly<Record<string, ShownLayer | null>>>({});
  const note = useCallback(
    (name: string, layer: ShownLayer | null) => setLoaded((before) => ({ ...before, [name]: layer })),
    [],
  );
  const { stack, image, looks } = result;
  const layers = useMemo<readonly ShownLayer[]>(() => {
    if (!stack || !image) return [];
    const own = { stack, image, looks, title: job.algorithm };
    const others = added.flatMap((one) => loaded[nameOf(one)] ?? []);
    return [own, ...others.filter((one) => one.stack.count === stack.count)];
  }, [stack, image, looks, job.algorithm, added, loaded]);
  const merged = useCache(useMemo(() => (layers.length > 1 ? layered(layers) : null), [layers]));
  const offered = candidates(job, shown, jobs).filter((one) => !added.some((other) => nameOf(other) === nameOf(one)));
  return {
    layers,
    /** The planes of all of them; those of the job's own alone if nothing is added. */
    cache: merged ?? result.cache,
    offered,
    add: (one: Candidate) => setAdded([...added, one]),
    remove: (at: number) => {
      const gone = layers[at];
      setAdded(added.filter((one) => loaded[nameOf(one)] !== gone));
    },
    loaders: added.map((one) => <Loader key={nameOf(one)} candidate={one} source={source} onLayer={note} />),
  };
}

export function AddLabels({ offered, onAdd }: { offered: readonly Candidate[]; onAdd: (one: Candidate) => void }) {
  const t = useT();
  if (offered.length === 0) return null;
  return (
    <Menu shadow="md" withinPortal withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button size="compact-sm" variant="subtle" color="gray">
          {t("labels.add")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {offered.slice(0, 20).map((one) => (
          <Menu.Item key={nameOf(one)} onClick={() => onAdd(one)}>
            {one.title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface LoaderProps {
  candidate: Candidate;
  source: FrameCache | null;
  onLayer: (name: string, layer: ShownLayer | null) => void;
}

/** Loads a result that is added; draws nothing. */
function Loader({ candidate, source, onLayer }: LoaderProps) {
  const { stack, image, looks } = useResultStack(candidate.job, source, false, candidate.name);
  const name = nameOf(candidate);
  const { title } = candidate;
  useEffect(() => {
    const layer = stack && isLabelled(image) ? { stack, image, looks, title } : null;
    onLayer(name, layer);
  }, [stack, image, looks, title, name, onLayer]);
  return null;
}

const isLabelled = (image: MetaImage | null): image is MetaImage => image !== null && isMask(image);
