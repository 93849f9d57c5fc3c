# The wheel is built in one image and runs in another, which holds Python and the program and no build tools.
FROM python:3.11-slim-bookworm AS build
WORKDIR /src
RUN pip install --no-cache-dir "build>=1.3"
COPY pyproject.toml constraints.txt hatch_build.py README.md LICENSE ./
COPY interviewer ./interviewer
COPY rubrics ./rubrics
COPY prompts ./prompts
COPY web ./web
RUN python -m build --wheel --outdir /wheels

FROM python:3.11-slim-bookworm
COPY constraints.txt /tmp/constraints.txt
COPY --from=build /wheels /wheels
RUN pip install --no-cache-dir --constraint /tmp/constraints.txt /wheels/*.whl \
    && rm -r /wheels /tmp/constraints.txt \
    && useradd --uid 10001 --create-home --home-dir /data interviewer
USER 10001
ENV INTERVIEWER_DATA=/data
VOLUME /data
EXPOSE 8642
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8642/livez', timeout=2)"]
ENTRYPOINT ["interviewer"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8642"]
