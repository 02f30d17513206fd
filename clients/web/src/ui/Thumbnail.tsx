/** A small picture of a known size, without alternative text, because its text is beside it. */

import { useState } from "react";

export function Thumbnail({ src, size }: { src: string | null; size: number }) {
  const [failed, setFailed] = useState<string | null>(null);
  const side = `${size / 16}rem`;
  const style = { width: side, height: side };
  if (!src || failed === src) return <span className="thumb" style={style} />;
  return (
    <img
      className="thumb"
      style={style}
      src={src}
      alt=""
      loading="lazy"
      decoding="async"
      width={size}
      height={size}
      onError={() => setFailed(src)}
    />
  );
}
