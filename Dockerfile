# One static program, the certificate authorities, nobody's rights. `cargo xtask image` writes the same image without
# a container engine; a test holds the two together.
FROM rust:1.95-slim-bookworm AS builder
WORKDIR /source
COPY . .
ARG VCISPEC_COMMIT=unknown
# The target is named, so that what runs at build time is not static.
RUN target="$(uname -m)-unknown-linux-gnu" \
    && export RUSTFLAGS='-Ctarget-feature=+crt-static --cfg=getrandom_backend="linux_getrandom"' \
    && cargo install --locked --path . --profile dist --target "$target" --root /built \
    && install -d -m 1777 /everybody/tmp \
    && install -d -m 0755 /nobody/data

FROM scratch
COPY packaging/image/ /
COPY --from=builder /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=builder /everybody/ /
COPY --from=builder --chown=65532:65532 /nobody/ /
COPY --from=builder /built/bin/vcispec /vcispec
ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
USER 65532:65532
WORKDIR /data
ENTRYPOINT ["/vcispec"]
