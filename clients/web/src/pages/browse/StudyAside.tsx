/** The open study beside the viewer: its series, and the images of one of them. */

import type { ComponentProps } from "react";
import type { Series } from "../../api/pacs";
import { useT } from "../../i18n/index";
import { Skeletons } from "../../ui/State";
import { Adding } from "../../uploads/Adding";
import { StudyTree } from "./StudyTree";

interface Props extends Omit<ComponentProps<typeof StudyTree>, "series"> {
  /** undefined until they are here. */
  series: readonly Series[] | undefined;
}

export function StudyAside({ series, ...rest }: Props) {
  const t = useT();
  return (
    <aside className="panel browser" aria-label={t("browse.title")}>
      <Adding />
      {series ? (
        <StudyTree {...rest} series={series} />
      ) : (
        <div className="pad">
          <Skeletons count={3} height={62} />
        </div>
      )}
    </aside>
  );
}
