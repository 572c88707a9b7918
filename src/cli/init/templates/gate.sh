if ! command -v vcispec >/dev/null 2>&1; then
  PATH="$VCISPEC_HOME/bin:$PATH"
fi

if ! command -v vcispec >/dev/null 2>&1; then
  cargo install --locked --root "$VCISPEC_HOME" --git @repository@ --tag "v$VCISPEC_VERSION" vcispec
fi

mkdir -p "$VCISPEC_OUT"
vcispec run --config "$VCISPEC_CONFIG" --report "junit=$VCISPEC_OUT/junit.xml" --report "json=$VCISPEC_OUT/report.json"
