// Freezes the exchanged part of the dictionary: `node tests/support/freeze-dictionary.ts tests/fixtures/dictionary-<version>.json`.
// Run once per release; what it wrote is never changed. What is later must say so in `since`, or older programs call packages bad.
import { writeFileSync } from 'node:fs';
import { ENTITIES } from '../../domain/entities.ts';
import { SCHEMA } from '../../domain/handoff/schema.ts';
import { frozenDictionary } from './frozen-dictionary.ts';

const lines = Object.entries(frozenDictionary(ENTITIES)).map(([name, { fields, ...kind }]) => {
  const own = Object.entries(kind).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}, `);
  const each = Object.entries(fields).map(([field, f]) => `      ${JSON.stringify(field)}: ${JSON.stringify(f)}`);
  return `    ${JSON.stringify(name)}: { ${own.join('')}"fields": {\n${each.join(',\n')}\n    } }`;
});
writeFileSync(process.argv[2] as string, `{\n  "schema": ${SCHEMA},\n  "kinds": {\n${lines.join(',\n')}\n  }\n}\n`);
