// Names that every object of the language answers to (`constructor`, `toString`, `__proto__`) are no names of ours, wherever a name comes
// from outside.
import { expect, test } from 'vitest';
import { ENTITIES, hasEntity } from '../../domain/entities.ts';
import { DIVIDED_NAMES, OLDER_NAMES } from '../../domain/values/industry-names.ts';
import { lookup } from '../../domain/values/lookup.ts';
import { inUnit } from '../../domain/registers/units.ts';
import { mimeOf } from '../../host/downloads.ts';
import { readHtmlTables } from '../../services/spreadsheets/html.ts';
import { lookAtFile } from '../../services/workers/worker.ts';

const NAMES = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__'];

test('no kind of record has such a field, and none has such a name', () => {
  for (const name of NAMES) {
    expect(ENTITIES.filter((entity) => entity.fields[name] !== undefined).map((entity) => entity.name)).toEqual([]);
    expect(hasEntity(name)).toBe(false);
  }
});

test('no ending of a file, unit, industry or letter of a page is called so', async () => {
  for (const name of NAMES) {
    expect(mimeOf(`x.${name}`)).toBe('application/octet-stream');
    expect((await lookAtFile({ bytes: new Uint8Array([1, 2]), name: `x.${name}` })).mime).toBe(
      'application/octet-stream',
    );
    expect([OLDER_NAMES[name], DIVIDED_NAMES[name]]).toEqual([undefined, undefined]);
    expect(inUnit('1', name, 't')).toBeNull();
    const [sheet] = readHtmlTables(`<table><tr><td>一&${name};</td></tr></table>`);
    expect(sheet?.rows[0]?.[0]?.text).toBe(`一&${name};`);
  }
});

test('a table for names from outside has its own names alone', () => {
  const table: Readonly<Record<string, number>> = lookup({ one: 1 });
  expect([table.one, table.constructor, table.toString]).toEqual([1, undefined, undefined]);
});
