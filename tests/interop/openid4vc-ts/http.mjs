// A web server in thirty lines: requests read whole, answers in JSON, one handler for each method and path.
import http from 'node:http'

const largestBody = 1024 * 1024

/** `{ status, headers, body }`: `body` is written as JSON unless it is a string already. */
export const json = (body, status = 200, headers = {}) => ({ status, headers: { 'content-type': 'application/json', ...headers }, body })

/**
 * Serves `routes` (`'POST /token': (request) => answer`) on a free loopback port, or the one given, and resolves to its
 * origin. A handler sees `{ method, path, headers, text }`; what it throws goes to `failed`.
 */
export function serve({ port = 0, routes, fallback, failed }) {
  const server = http.createServer(async (incoming, outgoing) => {
    const path = incoming.url.split('?')[0]
    const handler = routes[`${incoming.method} ${path}`] ?? fallback
    let answer
    try {
      answer = await handler({ method: incoming.method, path, headers: new Headers(incoming.headers), text: await read(incoming) })
    } catch (error) {
      answer = failed(error, path)
    }
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body)
    outgoing.writeHead(answer.status, { ...answer.headers, 'content-length': Buffer.byteLength(text) }).end(text)
  })
  server.keepAliveTimeout = 60_000
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(`http://127.0.0.1:${server.address().port}`)))
}

async function read(incoming) {
  const parts = []
  let size = 0
  for await (const part of incoming) {
    size += part.length
    if (size > largestBody) throw new Error('the body is too large')
    parts.push(part)
  }
  return Buffer.concat(parts).toString()
}
