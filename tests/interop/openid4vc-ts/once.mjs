// Values that are good once and for a while: codes, nonces, proof identifiers.

/** A store whose entries are forgotten after `seconds`. */
export function store(seconds) {
  const entries = new Map()
  const alive = (entry) => entry && entry.until > Date.now()
  setInterval(() => { for (const [name, entry] of entries) if (!alive(entry)) entries.delete(name) }, 1000 * seconds / 10).unref()
  return {
    put: (name, value = true) => { entries.set(name, { value, until: Date.now() + 1000 * seconds }) },
    get: (name) => alive(entries.get(name)) ? entries.get(name).value : undefined,
    /** The value, for the first who asks. */
    take(name) {
      const value = this.get(name)
      entries.delete(name)
      return value
    },
  }
}
