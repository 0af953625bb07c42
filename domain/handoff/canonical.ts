// One spelling per value (RFC 8785), so that hashes and signatures are over bytes everybody can make again.

function text(value: string): string {
  if (!value.isWellFormed()) throw new TypeError('canonical JSON: a string holds half a surrogate pair');
  return JSON.stringify(value);
}

function members(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError('canonical JSON: not a plain object');
  const record = value as Record<string, unknown>;
  // The default order of sort() is by UTF-16 code units, as the standard asks.
  return `{${Object.keys(record)
    .sort()
    .map((key) => `${text(key)}:${canonicalJson(record[key])}`)
    .join(',')}}`;
}

/**
 * The canonical JSON text of a value made of strings, safe integers, booleans, null, arrays and plain objects.
 * @throws TypeError for anything else: fractions, unsafe integers, undefined, dates, half surrogate pairs.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError('canonical JSON: not a safe integer');
    return String(value === 0 ? 0 : value);
  }
  if (Array.isArray(value)) return `[${Array.from(value, (item) => canonicalJson(item)).join(',')}]`;
  if (typeof value === 'object') return members(value);
  throw new TypeError(`canonical JSON: a ${typeof value} has no canonical text`);
}
