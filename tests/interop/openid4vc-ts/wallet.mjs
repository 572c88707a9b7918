// node wallet.mjs OFFER [--tx-code N] [--dpop] [--batch N] [--configuration ID] [--did] [--draft N]
// Redeems an offer with @openid4vc/openid4vci and prints what it was given, for others to verify: {"token_type",
// "credentials", "holders": [PEM], "configuration"} and exit 0, or {"error"} and exit 1.
import { parseArgs } from 'node:util'
import { redeem } from './redeem.mjs'

const { values, positionals: [offer] } = parseArgs({
  allowPositionals: true,
  options: {
    'tx-code': { type: 'string' }, dpop: { type: 'boolean' }, batch: { type: 'string', default: '1' },
    configuration: { type: 'string' }, did: { type: 'boolean' }, draft: { type: 'string' },
  },
})

try {
  const { dpop, configuration, did, draft } = values
  const given = await redeem(offer, { txCode: values['tx-code'], dpop, batch: Number(values.batch), configuration, did, draft })
  const holders = given.holders.map(({ pem }) => pem())
  console.log(JSON.stringify({ token_type: given.tokenType, credentials: given.credentials, holders, configuration: given.configuration }))
} catch (error) {
  const answer = error.errorResponse ?? error.response?.credentialErrorResponseResult?.data
  console.log(JSON.stringify({ error: String(error.message ?? error), answer }))
  process.exitCode = 1
}
