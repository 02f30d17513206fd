/** A study's series, and the chosen series' images, with thumbnails. */

import type { Series } from "../../api/pacs";
import { useT } from "../../i18n/index";
import { useThumbnail } from "../../queries/useArchive";
import { imagePath } from "../../route";
import { Link } from "../../router";
import { useServices } from "../../services";
import { Icon } from "../../ui/icons";
import { Thumbnail } from "../../ui/Thumbnail";
import { VirtualList } from "../../ui/VirtualList";
import { countText } from "./countText";

interface Props {
  study: string;
  series: readonly Series[];
  selected: string | undefined;
  /** The volume of it that alone is looked at. */
  volume: string | undefined;
  /** The images of the chosen series in the stack's order. */
  images: readonly string[];
  image: string | undefined;
  /** Whether thumbnails may be requested: the opened image comes first. */
  pictures: boolean;
}

/** The series stand apart, so that the next one is at hand however many images this one has. */
export function StudyTree({ study, series, selected, volume, images, image, pictures }: Props) {
  const t = useT();
  const { listed } = useServices();
  const unique = [...new Set(images)];
  const several = unique.length > 1;
  return (
    <>
      <div className="pad" style={{ paddingBottom: 2 }}>
        <Link
          href={listed.address}
          className="quiet upward"
          style={{ display: "inline-flex", alignItems: "center", gap: 4 }}
        >
          <Icon name="back" size={14} /> {t(listed.address === "/" ? "browse.allStudies" : "browse.studies")}
        </Link>
      </div>
      <VirtualList
        label={t("browse.series")}
        testId="series"
        short={several}
        count={series.length}
        height={() => 70}
        keyOf={(at) => series[at]?.series_id ?? String(at)}
        current={series.findIndex((one) => one.series_id === selected)}
        row={(at, tabIndex) => {
          const one = series[at];
          return (
            one && <SeriesRow {...{ study, pictures, tabIndex }} series={one} selected={one.series_id === selected} />
          );
        }}
      />
      {several && (
        <VirtualList
          key={selected}
          label={t("browse.images")}
          testId="images"
          count={unique.length}
          height={() => 52}
          keyOf={(at) => unique[at] ?? String(at)}
          current={unique.indexOf(image ?? "")}
          row={(at, tabIndex) => {
            const one = unique[at];
            const here = { study, pictures, tabIndex, series: selected ?? "", volume, index: at };
            return one && <ImageRow {...here} image={one} selected={one === image} />;
          }}
        />
      )}
    </>
  );
}

interface RowProps {
  study: string;
  pictures: boolean;
  tabIndex: 0 | -1;
  selected: boolean;
}

function SeriesRow({ study, series, selected, pictures, tabIndex }: RowProps & { series: Series }) {
  const t = useT();
  const { series_id, middle_image_id, series_description, modality } = series;
  return (
    <Link
      className="item"
      href={imagePath(study, series_id)}
      tabIndex={tabIndex}
      aria-current={selected ? "true" : undefined}
    >
      <Picture study={study} series={series_id} image={middle_image_id} size={52} wanted={pictures} />
      <span className="itemText">
        <span>{series_description ?? t("browse.noDescription")}</span>
        <small>{[modality, countText(t, series)].filter(Boolean).join(" · ")}</small>
        <small title={series_id}>{series_id}</small>
      </span>
    </Link>
  );
}

interface ImageProps extends RowProps {
  series: string;
  volume: string | undefined;
  image: string;
  index: number;
}

function ImageRow({ study, series, volume, image, index, selected, pictures, tabIndex }: ImageProps) {
  return (
    <Link
      className="item"
      href={imagePath(study, series, image, volume)}
      tabIndex={tabIndex}
      aria-current={selected ? "page" : undefined}
    >
      <Picture study={study} series={series} image={image} size={36} wanted={pictures} />
      <span className="itemText">
        <span>{index + 1}</span>
        <small title={image}>{image}</small>
      </span>
    </Link>
  );
}

interface PictureProps {
  study: string;
  series: string;
  image: string;
  size: number;
  wanted: boolean;
}

/** Pixels of a thumbnail: twice its size on the page, for high-density displays. */
function Picture({ study, series, image, size, wanted }: PictureProps) {
  return <Thumbnail src={useThumbnail(study, series, image, 2 * size, wanted)} size={size} />;
}
