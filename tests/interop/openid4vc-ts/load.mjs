// node load.mjs --management URL [--concurrency N] [--batch N] [--seconds S] [--dpop]
// The wallet of redeem.mjs, offer after offer, nothing verified. Offers are minted before the clock starts. Prints {"issuances", "seconds", "per_second", "peak_rss_kib"}.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { redeem } from './redeem.mjs'

const { values } = parseArgs({ options: {
  management: { type: 'string' }, dpop: { type: 'boolean' },
  concurrency: { type: 'string', default: '1' }, batch: { type: 'string', default: '1' }, seconds: { type: 'string', default: '5' },
} })
const concurrency = Number(values.concurrency), batch = Number(values.batch), seconds = Number(values.seconds)

async function mint() {
  const answer = await fetch(`${values.management}/offers`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ credential_configuration_id: 'pid' }),
  })
  if (!answer.ok) throw new Error(`POST /offers: ${answer.status} ${await answer.text()}`)
  return (await answer.json()).credential_offer_uri
}

async function mintMany(count) {
  const offers = []
  while (offers.length < count) offers.push(...await Promise.all(Array.from({ length: Math.min(64, count - offers.length) }, mint)))
  return offers
}

/** Redeems offers until they or the time run out. */
async function run(offers, seconds) {
  const started = performance.now()
  let issuances = 0
  await Promise.all(Array.from({ length: concurrency }, async () => {
    while (offers.length > 0 && performance.now() - started < 1000 * seconds) {
      const { credentials } = await redeem(offers.pop(), { dpop: values.dpop, batch })
      if (credentials.length !== batch) throw new Error(`${credentials.length} credentials for ${batch} key proofs`)
      issuances += 1
    }
  }))
  const took = (performance.now() - started) / 1000
  return { issuances, seconds: took, per_second: issuances / took }
}

// The warm-up shows how many offers the real run can use.
const warm = await run(await mintMany(2000), 2)
const measured = await run(await mintMany(Math.ceil(1.5 * warm.per_second * seconds) + concurrency), seconds)
const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1])
console.log(JSON.stringify({ ...measured, peak_rss_kib: peak }))
