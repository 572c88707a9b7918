#!/bin/sh
# Tests the issuer of vcispec.toml and exits with the verdict: 0 green, 1 red, 2 configuration,
# 3 unreachable or out of offers. Reports are in vcispec-report, whatever the verdict.
# Written by `vcispec init`.@secrets@
set -eu
cd "$(dirname "$0")"
VCISPEC_CONFIG=${VCISPEC_CONFIG:-@config@}
VCISPEC_OUT=${VCISPEC_OUT:-vcispec-report}
VCISPEC_WAIT=${VCISPEC_WAIT:-60}
VCISPEC_VERSION=${VCISPEC_VERSION:-@version@}
VCISPEC_HOME=${VCISPEC_HOME:-$HOME/.vcispec/$VCISPEC_VERSION}

@gate@
