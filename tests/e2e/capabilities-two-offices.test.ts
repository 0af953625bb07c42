// What two offices changed apart from each other, brought together by package files on the command line.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contact, enterprise } from '../../domain/enterprises/entities.ts';
import { finding } from '../../domain/findings/entities.ts';
import type { Writer } from '../../db/index.ts';
import { act, type Context } from '../../services/context.ts';
import { insertFinding } from '../../services/findings/index.ts';
import { handoffState } from '../../services/handoff/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { Desks, take } from '../support/handoff-desks.ts';
import { command } from './support/desk.ts';

type Json = Record<string, unknown>;
/** A field that an office sets. */
interface Edit {
  kind: 'enterprise' | 'contact' | 'finding';
  record: number;
  field: string;
  office: 'HC' | 'XH';
}
const DEFINITIONS = { enterprise, contact, finding } as const;
const RECORDS = 200;
/** Records that both offices change in the same field; in the next 40 both change another one, the rest only one of them. */
const PLANTED = 60;
const MERGED = 100;
const RIVAL = ['address', 'signName', 'remark', 'employees'] as const;

/** What is changed in a record, and by whom. */
function editsOf(record: number): Edit[] {
  const edit = (office: Edit['office'], field: string, kind: Edit['kind'] = 'enterprise') => ({
    kind,
    record,
    field,
    office,
  });
  const both = (field: string, kind?: Edit['kind']) => [edit('HC', field, kind), edit('XH', field, kind)];
  if (record < 20) return both('mobile', 'contact');
  if (record < 30) return both('measure', 'finding');
  if (record < PLANTED) return both(RIVAL[record % RIVAL.length] ?? '');
  if (record < MERGED) return [edit('HC', 'address'), edit('XH', 'legalRep')];
  return [edit(record % 2 ? 'HC' : 'XH', 'address')];
}
const EDITS = Array.from({ length: RECORDS }, (_, n) => editsOf(n)).flat();
/** The value that an office gives a field of a record: no two are the same. */
function valueOf({ field, record, office }: Edit): string | number {
  const n = record + (office === 'HC' ? 0 : 500);
  if (field === 'employees') return n;
  return field === 'mobile' ? `138${String(n).padStart(8, '0')}` : `${office} ${field} ${record}`;
}

const desks = new Desks();
const ids: Record<Edit['kind'], string[]> = { enterprise: [], contact: [], finding: [] };
let offices = { HC: '', XH: '' };

async function makeRecords(tx: Writer, townId: string, by: string): Promise<void> {
  for (let n = 0; n < RECORDS; n += 1) {
    const given = { name: `上海第${n}机械有限公司`, internalCode: `R-${n}`, siteNo: '001', townId, address: '原地址' };
    const enterpriseId = (await tx.insert(enterprise, given as never)).id;
    ids.enterprise.push(enterpriseId);
    ids.contact.push((await tx.insert(contact, { enterpriseId, name: '王强', mobile: '13900000000' })).id);
    const found = { enterpriseId, foundDate: '2026-11-02', description: '废漆桶露天堆放', measure: '原措施' };
    ids.finding.push((await insertFinding(tx, found, [], by)).id);
  }
}
const change = async (at: Context, office: Edit['office']): Promise<void> => {
  await act(at, '修改', 'form', async (tx) => {
    for (const edit of EDITS.filter((one) => one.office === office))
      await tx.update(DEFINITIONS[edit.kind], ids[edit.kind][edit.record] ?? '', {
        [edit.field]: valueOf(edit),
      } as never);
  });
};

beforeAll(async () => {
  const { a, b, townId } = await desks.pair();
  await act(a, '建档', 'import', async (tx) => {
    await makeRecords(tx, townId, '甲');
  });
  await take(b, (await desks.send(a, b)).folder);
  await change(a, 'HC');
  await change(b, 'XH');
  offices = {
    HC: (await handoffState(b)).partners[0]?.office ?? '',
    XH: (await handoffState(a)).partners[0]?.office ?? '',
  };
  for (const desk of desks.desks.values()) await desk.close();
  await closeWorkers();
});
afterAll(() => desks.close());

const steward = async (office: Edit['office'], ...args: string[]): Promise<Json> => {
  const env = { ...process.env, STEWARD_CONFIG: desks.config(office), STEWARD_TODAY: '2026-11-18' };
  const answer = await command(env, ...args, '--workspace', desks.folder(office));
  expect(answer).toMatchObject({ ok: true });
  return answer;
};
async function dumpOf(office: Edit['office']): Promise<string> {
  const out = join(desks.root, `${office}.dump`);
  await steward(office, 'handoff', 'dump', '--out', out);
  return readFileSync(out, 'utf8');
}
/** Rows of a kind with the fields that somebody changed, by id. */
async function rowsOf(office: Edit['office'], kind: Edit['kind']): Promise<Map<string, Json>> {
  const fields = new Set(EDITS.filter((one) => one.kind === kind).map((one) => one.field));
  const listed = await steward(office, 'list', kind, '--columns', [...fields].join(','), '--limit', '1000');
  return new Map((listed['rows'] as { id: string; values: Json }[]).map((row) => [row.id, row.values]));
}

interface Conflict {
  entity: string;
  rowId: string;
  field: string;
  sides: { value: unknown; shown: boolean }[];
}
const conflictsOf = async (office: Edit['office']): Promise<Conflict[]> =>
  (await steward(office, 'handoff', 'conflicts'))['items'] as Conflict[];
/** Where an edit was made, as one text. */
const placeOf = ({ kind, record, field }: Edit): string => `${kind} ${ids[kind][record] ?? ''} ${field}`;
const said = (value: unknown): string => String(value).replaceAll(' ', '');

test('[BY-01] of 200 changed records 60 clash: shown with both values, none overwritten in silence; undo leaves what was', async () => {
  const [there, back] = [
    await steward('HC', 'handoff', 'export', '--to', offices.XH, '--out', desks.stick),
    await steward('XH', 'handoff', 'export', '--to', offices.HC, '--out', desks.stick),
  ];
  const before = await dumpOf('XH');
  const taken = await steward('XH', 'handoff', 'import', String(there['folder']));

  // One edit at a place, or two that clash.
  const places = Map.groupBy(EDITS, placeOf);
  const planted = [...places].filter(([, edits]) => edits.length === 2);
  expect(planted).toHaveLength(PLANTED);
  const conflicts = await conflictsOf('XH');
  expect(conflicts.map((c) => `${c.entity} ${c.rowId} ${c.field}`).toSorted()).toEqual(
    planted.map(([place]) => place).toSorted(),
  );
  for (const c of conflicts) {
    const edits = places.get(`${c.entity} ${c.rowId} ${c.field}`) ?? [];
    expect(c.sides.map((side) => said(side.value)).toSorted()).toEqual(edits.map((e) => said(valueOf(e))).toSorted());
  }

  // What only one office changed has its value; what both did has that of the side that is said to stand.
  const rows = { enterprise: await rowsOf('XH', 'enterprise'), contact: await rowsOf('XH', 'contact') };
  const measures = await rowsOf('XH', 'finding');
  const shown = new Map(
    conflicts.map((c) => [`${c.entity} ${c.rowId} ${c.field}`, c.sides.find((side) => side.shown)?.value]),
  );
  for (const [place, [edit]] of places) {
    if (!edit) continue;
    const of = edit.kind === 'finding' ? measures : rows[edit.kind];
    const stands = of.get(ids[edit.kind][edit.record] ?? '')?.[edit.field];
    expect(said(stands), place).toBe(said(shown.get(place) ?? valueOf(edit)));
  }

  await steward('HC', 'handoff', 'import', String(back['folder']));
  expect(await conflictsOf('HC')).toHaveLength(PLANTED);
  expect(await dumpOf('HC')).toBe(await dumpOf('XH'));

  await steward('XH', 'handoff', 'undo', String(taken['importId']));
  expect(await dumpOf('XH')).toBe(before);
  expect(await conflictsOf('XH')).toEqual([]);
});
