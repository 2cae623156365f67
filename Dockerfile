# Dateline's app and API. Not built where it was written: that machine runs no containers.
#   docker build -t dateline . && docker compose up
FROM python:3.12-slim-bookworm

RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 dateline \
    && install -d -o dateline -m 700 /library /models

WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY qa qa
COPY ingest ingest
COPY eval eval
COPY app.py ./
COPY .streamlit/config.toml .streamlit/config.toml

USER dateline
ENV PYTHONPATH=/app DATELINE_LIBRARY=/library DATELINE_CACHE=/models
VOLUME ["/library", "/models"]
EXPOSE 8501 8600
CMD ["streamlit", "run", "app.py", "--server.address", "0.0.0.0", "--server.headless", "true"]
