// Which enterprises a round takes by the yearly minimum of their risk.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { area } from '../../domain/areas/entities.ts';
import { label } from '../../domain/enterprises/entities.ts';
import { visit, visitPurpose } from '../../domain/visits/entities.ts';
import { insertEnterprise } from '../../services/enterprises/index.ts';
import { scopeIds } from '../../services/rounds/index.ts';
import { Desk } from '../../services/workspace/index.ts';

const root = mkdtempSync(join(tmpdir(), 'steward-scope-'));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

test('by risk: one routine visit is enough for an ordinary grade and not for a critical one; no grade asks for none', async () => {
  const desk = new Desk({
    resources: 'resources',
    version: 'test',
    configFolder: join(root, 'config'),
    today: () => '2026-11-18',
  });
  await desk.create({
    folder: join(root, 'w'),
    organisation: '甲公司',
    office: '驻点',
    code: 'HC',
    operator: '陈思远',
    role: 'leader',
  });
  const ctx = desk.context;
  const ids = (
    await ctx.store.withAction({ name: 't', actor: 'a', source: 'form' }, async (tx) => {
      const town = await tx.insert(area, { level: 'town', name: '华漕镇' });
      const made: Record<string, string> = {};
      for (const [name, grade] of [
        ['重大', 'critical'],
        ['一般', 'ordinary'],
        ['未分级', null],
      ] as const) {
        const e = await insertEnterprise(
          tx,
          { name: `上海${name}有限公司`, townId: town.id, operatingStatus: 'operating' },
          '2026-01-05',
          'client',
        );
        made[name] = e.id;
        if (grade)
          await tx.insert(label, {
            enterpriseId: e.id,
            system: 'overall_risk',
            value: grade,
            assessedDate: '2026-01-06',
          });
        const v = await tx.insert(visit, {
          no: `V-${name}`,
          enterpriseId: e.id,
          date: '2026-03-02',
          state: 'signed',
          outcome: 'completed',
        });
        await tx.insert(visitPurpose, { visitId: v.id, purpose: 'routine' } as never);
      }
      return made;
    })
  ).value;
  const scope = { scopeRule: 'by_risk', baseRoundId: null, startDate: '2026-11-18', filter: null, enterpriseIds: [] };
  expect(await scopeIds(ctx, scope)).toEqual([ids['重大']]);
  // Next year's duty begins anew for both graded ones.
  expect(new Set(await scopeIds(ctx, { ...scope, startDate: '2027-01-10' }))).toEqual(
    new Set([ids['重大'], ids['一般']]),
  );
  await desk.close();
});
