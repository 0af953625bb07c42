// Makes the frozen sample package of a release: `node tests/support/make-sample.ts tests/fixtures/handoff-<format>-<n>`.
// Run once per release; what it wrote is never changed, and every later version must import it to the same dump.
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { finding } from '../../domain/findings/entities.ts';
import { contact, enterprise } from '../../domain/enterprises/entities.ts';
import { act, type Context } from '../../services/context.ts';
import { buildDemo } from '../../services/demonstration/index.ts';
import * as handoff from '../../services/handoff/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { befriend, control, Desks, dump } from './handoff-desks.ts';
import { takeSample } from './sample.ts';

const target = resolve(process.argv[2] as string);
const desks = new Desks();
const desk = desks.desk('QX');
await buildDemo(desk, join(desks.root, 'QX'), { progress: () => undefined, check: () => undefined });
const a = desk.context;
const b = await desks.office('徐汇总部', 'XH');
await befriend(a, b);

/** A few enterprises that have been inspected, with photos, contacts and trainings. */
const chosen = (
  await a.store.read.sql<{
    id: string;
  }>(`SELECT e.id FROM enterprise e WHERE EXISTS (SELECT 1 FROM finding f JOIN attachment p ON p.owner_id = f.id WHERE f.enterprise_id = e.id)
  AND EXISTS (SELECT 1 FROM contact c WHERE c.enterprise_id = e.id) ORDER BY e.name LIMIT 6`)
).map((r) => r.id);
const scope = { all: false, enterprises: chosen };
const swap = async (from: Context, to: Context): Promise<void> => {
  const made = await desks.send(from, to, scope);
  const seen = await handoff.previewPackage(to, { path: made.folder, code: null, confirm: null }, control);
  await handoff.applyPackage(to, { previewId: seen.previewId, merges: [] }, control);
};
await swap(a, b);

const [one, two, three, four] = chosen as [string, string, string, string];
await act(a, '改企业', 'form', async (tx) => {
  await tx.update(enterprise, one, { name: '甲企业（改）' } as never);
  await tx.update(enterprise, two, { address: '联友路1号' } as never);
  await tx.remove(enterprise, three);
});
await act(b, '改企业', 'form', async (tx) => {
  await tx.update(enterprise, one, { name: '乙企业（改）' } as never);
  await tx.update(enterprise, two, { address: '联友路2号' } as never);
  await tx.update(enterprise, three, { shortName: '还在' } as never);
  const [person] = await tx.read.find(contact, { enterpriseId: four });
  await tx.update(contact, person?.id as string, { mobile: '13800000000' } as never);
  const [text] = await tx.read.find(finding, { enterpriseId: four });
  if (text)
    await tx.update(finding, text.id, { description: `${text.description}\n现场补充：标签已褪色。😀` } as never);
});
const row = await b.store.read.get(enterprise, four);
const twin = (
  await act(
    b,
    '又建一份',
    'form',
    async (tx) =>
      await tx.insert(enterprise, {
        name: `${row?.name}（重复）`,
        internalCode: 'B-1',
        siteNo: '001',
        townId: row?.townId,
        address: row?.address,
      } as never),
  )
).value;
scope.enterprises.push(twin.id);
await swap(b, a);
await handoff.mergeEnterprises(a, { id: twin.id, otherId: four, undo: false });
const address = (await handoff.listConflicts(a, { level: null, areaId: null, field: 'address' })).items[0];
await handoff.decideConflicts(a, [{ conflictId: address?.id as string, dot: null, reason: '现场核对过' }]);

const made = await desks.send(a, b, { ...scope, offices: [], withCode: true, full: true });
mkdirSync(join(target, 'package'), { recursive: true });
for (const name of readdirSync(made.folder)) copyFileSync(join(made.folder, name), join(target, 'package', name));
const { office } = await handoff.handoffState(a);
writeFileSync(
  join(target, 'about.json'),
  `${JSON.stringify(
    {
      code: made.code,
      fingerprint: office.fingerprint,
      operations: made.operations,
      attachments: made.attachments,
    },
    null,
    1,
  )}\n`,
);
const taken = await takeSample(desks, target);
const shown = new Set((await dump(a)).split('\n'));
const odd = taken.lines.filter((line) => !shown.has(line));
writeFileSync(join(target, 'dump.ndjson'), `${taken.lines.join('\n')}\n`);
process.stdout.write(
  `${JSON.stringify({
    files: readdirSync(join(target, 'package')),
    bytes: made.bytes,
    operations: made.operations,
    lines: taken.lines.length,
    notOfTheMaker: odd.slice(0, 5),
    odd: odd.length,
  })}\n`,
);
await desks.close();
await closeWorkers();
