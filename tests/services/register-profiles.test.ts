// Profiles of ledgers: offered only where every kind exists, their headings and words used, guesses asked first, remembered then.
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importOptions } from '../../contract/registers.ts';
import { OWN_TRANSFORMS, usableProfiles, type ProfileContent } from '../../domain/registers/profiles.ts';
import { targetOf } from '../../domain/registers/targets.ts';
import { applyImport, repreview } from '../../services/registers/index.ts';
import { bring, look, makeCode, onFile, openDesk, quiet, sheet, type TestDesk } from '../support/register-import.ts';

const CONTENT = JSON.parse(readFileSync('resources/content/import-profiles.json', 'utf8')) as ProfileContent;

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
});
afterEach(async () => {
  await t.close();
});

test('a profile is offered only when all its kinds exist: one that needs others would lose their columns', async () => {
  const { profiles } = await look(t.ctx, [sheet([['企业名称'], ['上海甲样本有限公司']])]);
  const ids = profiles.map((profile) => profile.id);
  expect(ids).toEqual(expect.arrayContaining(['ip-permit', 'ip-eia', 'ip-emergency']));
  for (const profile of usableProfiles({
    ...CONTENT,
    profiles: CONTENT.profiles.map((p) => ({ ...p, columns: [...p.columns, { target: 'NoSuchKind.name' }] })),
  }))
    expect(profile.id).toBe('none is left');
  await expect(look(t.ctx, [sheet([['企业名称'], ['上海甲样本有限公司']])], { profile: 'ip-none' })).rejects.toThrow(
    '没有名为“ip-none”的台账',
  );
});

test('what the offered profiles name exists here, and every way of reading that they ask for is known', () => {
  for (const profile of usableProfiles(CONTENT)) {
    expect([profile.id, profile.seen.size > 0]).toEqual([profile.id, true]);
    for (const { target } of [...profile.seen.values(), ...profile.guessed.values()])
      expect([target, targetOf(target)?.key]).toEqual([target, target]);
    for (const [target, words] of profile.codes) {
      const ids: readonly string[] = targetOf(target)?.meta.vocabulary?.ids ?? [];
      for (const id of new Set(words.values())) expect([target, id, ids.includes(id)]).toEqual([target, id, true]);
    }
    const columns = CONTENT.profiles.find((p) => p.id === profile.id)?.columns ?? [];
    const transforms = columns.filter((c) => targetOf(c.target.charAt(0).toLowerCase() + c.target.slice(1)));
    for (const { transform } of transforms)
      if (transform !== undefined && transform !== 'notLegalRep') expect(OWN_TRANSFORMS.has(transform)).toBe(true);
  }
});

test(
  'headings, words and defaults of the permit platform: a code of the platform is read, its technical head ' +
    'is no legal representative',
  async () => {
    const code = makeCode('MA8P');
    const file = sheet([
      [
        'DWMC',
        'TYSHXYDM',
        'PWXKZBH',
        '排污许可分类管理类型',
        'XKYXQXQ',
        'XKYXQXZ',
        '技术负责人',
        '是否建立环境管理台账',
      ],
      ['上海甲样本有限公司', code, `${code}001P`, '重点', '2024-03-01', '2029-02-28', '王样一', '未'],
    ]);
    expect((await look(t.ctx, [file])).likelyProfile).toBe('ip-permit');
    const { preview, done } = await bring(t.ctx, [file], { profile: 'ip-permit' });
    expect(preview.sheets[0]?.unmapped).toEqual([]);
    expect(preview.sheets[0]?.columns.map((c) => c.how)).toEqual(Array(8).fill('profile'));
    expect(done.report.profile).toBe('ip-permit');
    expect(
      await t.ctx.store.read.sql('SELECT number, management_class, valid_from, valid_to, ledger_kept FROM permit'),
    ).toEqual([
      {
        number: `${code}001P`,
        management_class: 'key',
        valid_from: '2024-03-01',
        valid_to: '2029-02-28',
        ledger_kept: 'no',
      },
    ]);
    expect((await onFile(t.ctx))[0]).toMatchObject({
      credit_code: code,
      object_kind: 'industrial',
      legal_rep: null,
      remark: '技术负责人：王样一',
    });
  },
);

test('a heading that the profile only guesses is proposed, not used; once a person took it, it is remembered', async () => {
  const file = sheet([
    ['企业名称', '管理类型', '排污许可证编号'],
    ['上海甲样本有限公司', '登记', `${makeCode('MA8Q')}001X`],
  ]);
  const preview = await look(t.ctx, [file], { profile: 'ip-permit' });
  expect(preview.sheets[0]?.columns[1]).toMatchObject({
    target: null,
    how: 'none',
    proposed: 'permit.managementClass',
    proposedLabel: '管理类别',
  });
  const options = importOptions.parse({
    profile: 'ip-permit',
    mapping: [{ sheet: '企业', column: 1, target: 'permit.managementClass' }],
  });
  const again = await repreview(t.ctx, preview.previewId, options, quiet);
  await applyImport(t.ctx, again.previewId, quiet);
  expect(await t.ctx.store.read.sql('SELECT management_class FROM permit')).toEqual([
    { management_class: 'registration' },
  ]);
  const next = await look(t.ctx, [file], { profile: 'ip-permit' });
  expect(next.sheets[0]?.columns[1]).toMatchObject({ target: 'permit.managementClass', how: 'remembered' });
});
