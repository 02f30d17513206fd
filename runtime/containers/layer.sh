#!/bin/sh
# layer.sh KIND REQUIREMENTS: installs into /layer, which a COPY then lays over /opt/venv. The same input gives the same
# bytes: no dates, and no compiled code that holds dates.
set -eu
kind=$1 input=$2
export PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
export SOURCE_DATE_EPOCH=315619200  # archives hold no date before 1980
pip() { python -m pip --python /opt/venv/bin/python "$@"; }
into_layer() { pip install -q --prefix /layer --no-compile --no-warn-script-location "$@"; }
mkdir -p /layer
case $kind in
  locked)  # nothing is resolved: the lock is complete, and may be empty
    if [ -s "$input" ]; then into_layer --require-hashes --no-deps --only-binary :all: -r "$input"; fi
    # of imagecodecs, the decoder of JPEG XL and what it needs: an eighth of its size
    find /layer -path '*/imagecodecs/_*.so' ! -name '_jpegxl.*' ! -name '_shared*' -delete
    find /layer -path '*/imagecodecs.libs/*' ! -name 'libjxl*' ! -name 'libbrotli*' ! -name 'liblcms2*' -delete
    find /layer -depth -type d -name tests -exec rm -r {} + -o -name '*.a' -exec rm {} + ;;
  tools)  # the packages that build the platform's wheel; they stay in this stage
    pip install -q --require-hashes --no-deps -r "$input"
    exit ;;
  code) into_layer --no-deps --no-build-isolation "$input" ;;
  plugin)  # packages that are not in the lock are resolved beside those that are
    export PIP_CONSTRAINT=/context/constraints.txt PIP_BUILD_CONSTRAINT=/context/constraints.txt
    into_layer -r "$input" ;;
esac
python -m compileall -q -j 0 --invalidation-mode unchecked-hash -s /layer -p /opt/venv /layer || echo "some files do not compile"
find /layer -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
