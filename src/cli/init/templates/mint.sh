#!/bin/sh
# Prints one fresh credential offer each time it is run: a link, the offer as JSON, or
#   {"credential_offer_uri": "openid-credential-offer://?…", "tx_code": "0042"}
# What is wanted stands in the environment, where it matters:
#   VCISPEC_WANT_TX_CODE            true or false
#   VCISPEC_WANT_CONFIGURATION_ID   a credential_configuration_id
#   VCISPEC_WANT_CONFIGURATIONS     how many configurations the offer is to name
#   VCISPEC_WANT_BY_REFERENCE       true or false
# For example, where an endpoint of yours mints offers:
#   exec curl --fail --silent --show-error "$MINT_URL" -H "authorization: Bearer $MINT_TOKEN" \
#     -H 'content-type: application/json' -d '{"credential_configuration_id":"…"}'
echo "mint.sh does not know yet how to get an offer from this issuer: write it" >&2
exit 1
