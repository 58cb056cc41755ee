# For macOS and Windows without WSL:
#   docker build -t wavedeck .
#   docker run --rm -v "$PWD/reports:/wavedeck/reports" wavedeck
FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates git make python3 python3-venv \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /wavedeck
COPY . .
RUN make setup && rm -rf /var/lib/apt/lists/*
CMD ["make", "report"]
