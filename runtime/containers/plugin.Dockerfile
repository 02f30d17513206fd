
# The full Debian image builds the plugin, with the git and compilers that it may need; the result has none of them.
FROM python:3.13.15-trixie@sha256:82c46c08c991d3d3ff10476ac5e386c2c28f27bbd3985a02c5e39fe99ab272eb AS plugin-code
ARG PIP_INDEX_URL
ARG PIP_EXTRA_INDEX_URL
ARG PIP_CERT
COPY --from=service /opt/venv /opt/venv
COPY . /context
RUN sh /context/layer.sh plugin /context/plugin.txt

FROM service
COPY --from=plugin-code /layer /opt/venv
