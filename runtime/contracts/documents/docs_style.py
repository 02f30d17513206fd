"""The style of `GET /docs`, and how a Content-Security-Policy allows it and no other: by its digest.

Plain Python: the Lambda bundle carries this file.
"""

import base64
import hashlib
from typing import Final

STYLE: Final = """
:root { color-scheme: light dark; --line: #c8ccd2; --soft: #f3f4f6; --text: #1b1f24; --link: #0b57a4; --page: #fff }
@media (prefers-color-scheme: dark) {
  :root { --line: #444b55; --soft: #20252c; --text: #e6e8eb; --link: #8cc4ff; --page: #14181d }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif }
header, nav, main { max-width: 62rem; margin: 0 auto; padding: 0 1.25rem }
nav ul { columns: 18rem; padding-left: 1.25rem }
a { color: var(--link) }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
.skip { position: absolute; left: -100rem }
.skip:focus { left: 1rem; top: 1rem; padding: .5rem; background: var(--page) }
section { border-top: 1px solid var(--line); margin-top: 2rem }
code, pre { font: .9rem/1.5 ui-monospace, monospace }
h3 code { font-size: 1.15rem }
code { overflow-wrap: anywhere }
pre, td code, th code { background: var(--soft); border-radius: .25rem; padding: .1rem .3rem }
pre { padding: .75rem; overflow-x: auto }
.scroll { overflow-x: auto }
table { border-collapse: collapse; width: 100% }
caption { text-align: left; font-weight: 600; padding: .75rem 0 .25rem }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line) }
thead th { background: var(--soft) }
"""
# The source expression of style-src, as CSP 3 defines it: the digest of the element's content.
STYLE_SOURCE: Final = f"'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'"
# What the answer says of itself if nobody in front of the API sets a policy: it loads nothing and runs nothing.
POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        f"style-src {STYLE_SOURCE}",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
