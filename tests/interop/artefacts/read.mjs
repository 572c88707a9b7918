// Reads report.har and report.md as others do, and prints what was found in them as one line of JSON.
//
//   node read.mjs FOLDER

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import harValidator from 'har-validator/lib/promise.js'
import markdownIt from 'markdown-it'

const folder = process.argv[2]
const read = (name) => readFileSync(join(folder, name), 'utf8')

/** What a validator and a viewer see in the HAR. */
async function har() {
  const { log } = JSON.parse(read('report.har'))
  try {
    await harValidator.har({ log })
  } catch (error) {
    const faults = (error.errors ?? [error]).map(({ dataPath, message }) => `${dataPath ?? ''} ${message}`)
    return { faults: [...new Set(faults)].slice(0, 20) }
  }
  const pages = new Set(log.pages.map(({ id }) => id))
  const astray = log.entries.filter(({ pageref }) => !pages.has(pageref))
  return {
    faults: astray.map(({ pageref }) => `an entry of ${pageref}, which is no page`),
    entries: log.entries.length,
    forms: log.entries.filter(({ request }) => request.postData?.params?.some(({ name }) => name === 'grant_type')).length,
  }
}

/** What a host shows of the Markdown, with HTML let through and everything linked that looks like a link. */
function markdown() {
  const tokens = markdownIt({ html: true, linkify: true }).parse(read('report.md'), {})
  const flat = tokens.flatMap((token) => [token, ...(token.children ?? [])])
  const after = (type) => tokens.flatMap((token, at) => (token.type === type ? [tokens[at + 1].content] : []))
  return {
    headings: after('heading_open'),
    tables: flat.filter(({ type }) => type === 'table_open').length,
    links: flat.filter(({ type }) => type === 'link_open').map((token) => token.attrGet('href')),
    images: flat.filter(({ type }) => type === 'image').length,
    html: flat.filter(({ type }) => type.startsWith('html_')).flatMap(({ content }) => content.match(/<[^>]*>/g) ?? []),
  }
}

console.log(JSON.stringify({ har: await har(), markdown: markdown() }))
