if ! command -v vcispec >/dev/null 2>&1; then
  PATH="$VCISPEC_HOME/bin:$PATH"
fi

if ! command -v vcispec >/dev/null 2>&1; then
  cargo install --locked --root "$VCISPEC_HOME" --git @repository@ --tag "v$VCISPEC_VERSION" vcispec
fi

# Waits until the issuer answers, and says what is amiss. The verdict is that of the run.
vcispec doctor --config "$VCISPEC_CONFIG" --wait "$VCISPEC_WAIT" --no-offers || true

vcispec run --config "$VCISPEC_CONFIG" --out "$VCISPEC_OUT"
