// node verify.mjs WITNESS < HANDED
// Has a third-party library verify what a wallet was given, and prints what it found: {"verified": […]} and exit 0, or
// {"error"} and exit 1. HANDED is what a `wallet.mjs` prints: {"credentials", "holders": [PEM], "configuration"},
// one private key for each credential. TRUST_ANCHOR (PEM) are the authorities that certificates have to lead to.
import { readFileSync } from 'node:fs'

const witnesses = { 'sd-jwt-vc': './sd-jwt-vc.mjs', mdl: './mdl.mjs', 'did-jwt-vc': './did-jwt-vc.mjs', jose: './jose.mjs' }

try {
  const { verify } = await import(witnesses[process.argv[2]])
  const { credentials, holders, configuration } = JSON.parse(readFileSync(0, 'utf8'))
  if (credentials.length === 0 || credentials.length !== holders.length) throw new Error('one credential for each key was expected')
  const verified = []
  for (const [index, credential] of credentials.entries()) verified.push(await verify(credential, holders[index], configuration))
  console.log(JSON.stringify({ verified }))
} catch (error) {
  console.log(JSON.stringify({ error: String(error.message ?? error) }))
  process.exitCode = 1
}
