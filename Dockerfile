# Dateline's app and API. Not built where it was written: that machine runs no containers.
#   docker build -t dateline . && docker compose up
FROM python:3.12-slim-bookworm

RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 dateline \
    && install -d -o dateline -m 700 /library /models

WORKDIR /app
COPY pyproject.toml constraints.txt README.md ./
COPY qa qa
COPY ingest ingest
COPY eval eval
RUN pip install --no-cache-dir -c constraints.txt '.[serve,team]'
COPY app.py ./
COPY .streamlit/config.toml .streamlit/config.toml

USER dateline
ENV DATELINE_LIBRARY=/library DATELINE_CACHE=/models
VOLUME ["/library", "/models"]
EXPOSE 8501 8600
CMD ["streamlit", "run", "app.py", "--server.address", "0.0.0.0", "--server.headless", "true"]
