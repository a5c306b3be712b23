# syntax=docker/dockerfile:1

FROM rust:1.95-bookworm AS build
WORKDIR /src
COPY . .
# Queries are checked against `.sqlx`: a build needs no database.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --release --locked && cp target/release/onrecord /usr/local/bin/onrecord

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /var/lib/onrecord --create-home onrecord \
    && chmod 700 /var/lib/onrecord
COPY --from=build /usr/local/bin/onrecord /usr/local/bin/onrecord
USER onrecord
VOLUME /var/lib/onrecord
EXPOSE 3000
STOPSIGNAL SIGINT
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/3000; printf 'GET /readyz HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3; read -r _ status _ <&3; [ \"$status\" = 200 ]"]
ENTRYPOINT ["onrecord"]
CMD ["serve", "--listen", "0.0.0.0:3000", "--data-dir", "/var/lib/onrecord"]
