// node wallet.mjs OFFER [--tx-code N] [--dpop] [--batch N] [--configuration ID] [--did] [--hand-over]
// Redeems an offer with third-party libraries, verifies what it was given, and prints one line of JSON:
// {"token_type", "credentials": [{typ, vct, claims, signature}]} and exits 0, or {"error"} and exits 1. With --hand-over
// nothing is verified, and what was given is printed for those who do: {"token_type", "credentials", "holders": [PEM], "configuration"}.
import { parseArgs } from 'node:util'
import { inspect } from './inspect.mjs'
import { redeem } from './redeem.mjs'

const { values, positionals: [offer] } = parseArgs({
  allowPositionals: true,
  options: { 'tx-code': { type: 'string' }, dpop: { type: 'boolean' }, batch: { type: 'string', default: '1' }, configuration: { type: 'string' }, did: { type: 'boolean' }, 'hand-over': { type: 'boolean' } },
})

try {
  const given = await redeem(offer, {
    txCode: values['tx-code'], dpop: values.dpop, batch: Number(values.batch), configuration: values.configuration, did: values.did,
  })
  if (values['hand-over']) handOver(given)
  else await tell(given)
} catch (error) {
  const answer = error.errorResponse ?? error.response?.credentialErrorResponseResult?.data
  console.log(JSON.stringify({ error: String(error.message ?? error), answer }))
  process.exitCode = 1
}

function handOver({ credentials, holders, tokenType, configuration }) {
  console.log(JSON.stringify({ token_type: tokenType, credentials, holders: holders.map(({ pem }) => pem()), configuration }))
}

async function tell(given) {
  const credentials = await Promise.all(given.credentials.map(inspect))
  const bound = credentials.map(({ holder }) => holder).sort().join()
  if (bound !== given.holders.map(({ thumbprint }) => thumbprint).sort().join()) {
    throw new Error('the credentials are not bound to the keys that were proved, one to each')
  }
  console.log(JSON.stringify({ token_type: given.tokenType, credentials: credentials.map(({ holder, ...told }) => told) }))
}
