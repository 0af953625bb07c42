// Every dialog of the window, opened from where a person opens it: nothing in it keeps anybody's hands or ears out, the Tab key stays
// inside, and Esc closes it. Which dialogs there are is read from the components, so that a new one cannot be left out.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { ROOT } from '../../scripts/lib/run.ts';
import { barriers } from './support/axe.ts';
import { area } from '../../domain/areas/entities.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import type { Context } from '../../services/context.ts';
import { updateEnterprise } from '../../services/enterprises/index.ts';
import { command, DeskUnderTest } from './support/desk.ts';
import { fillWorkspace } from './support/filled.ts';
import { button } from './support/window.ts';

const SIZES = [
  { width: 1366, height: 768 },
  { width: 1024, height: 700 },
] as const;

const first = (page: Page): Locator => page.locator('.page [role="row"].tr').first();
const tick = async (page: Page): Promise<void> => {
  await first(page).getByRole('checkbox').click();
};
const item = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('menuitem', { name }).or(page.getByRole('menuitemradio', { name })).click();
const press = (name: string | RegExp) => async (page: Page) => {
  await button(page, name).first().click();
};
const key = (keys: string) => async (page: Page) => {
  await page.keyboard.press(keys);
};

/** A visit of the enterprise that is on screen, or that the finding on screen is of. */
async function inVisitOf(page: Page, then: (page: Page) => Promise<void>): Promise<void> {
  const enterprise = page.locator('.fh a[href*="/enterprises/"]');
  if (await enterprise.count()) {
    await enterprise.first().click();
    await page.getByRole('tablist', { name: '企业档案的部分' }).waitFor();
  }
  await page.keyboard.press('v');
  await page.getByRole('region', { name: '检查表' }).locator('[aria-current="true"]').waitFor();
  await then(page);
}
/** A finding that is written down in such a visit. */
const inNewFinding = (page: Page, then: (page: Page) => Promise<void>): Promise<void> =>
  inVisitOf(page, async () => {
    await page.getByRole('region', { name: '检查表' }).locator('.line').filter({ hasNotText: '待复核' }).last().click();
    await page.keyboard.press('2');
    await page.getByRole('textbox', { name: '问题描述' }).or(page.locator('.middle textarea')).first().waitFor();
    await page.keyboard.press('Escape');
    await then(page);
  });

/** How a dialog is come to: an address, with `:id` for the first row of the list, and what is done there. */
interface Way {
  of: string;
  at: string;
  open: (page: Page) => Promise<void>;
  /** What the back end refuses on the way. */
  refused?: string;
  /** Done when the dialog has been closed. */
  after?: (page: Page) => Promise<void>;
}
const WAYS: readonly Way[] = [
  { of: 'SearchPalette', at: '/today', open: key('Control+k') },
  { of: 'KeyHelp', at: '/today', open: key('?') },
  { of: 'PutOffDialog', at: '/today', open: key('z') },
  {
    of: 'ShellTop',
    at: '/today',
    open: async (page) => {
      await button(page, '切换时段').click();
      await item(page, '自选日期');
    },
  },
  {
    of: 'ScopePicker',
    at: '/statistics',
    open: async (page) => {
      await button(page, '期间').click();
      await item(page, '自选日期');
    },
  },
  { of: 'NewEnterprise', at: '/enterprises', open: press('新增企业') },
  {
    of: 'ViewTabs',
    at: '/enterprises',
    open: async (page) => {
      await button(page, '保存视图').click();
      await item(page, '把现在的条件存为视图…');
    },
  },
  {
    of: 'BatchActions',
    at: '/enterprises',
    open: async (page) => {
      await tick(page);
      await button(page, '排入计划').click();
    },
  },
  { of: 'MergeDialog', at: '/quality/suspectedDuplicate', open: press(/^核对合并/) },
  { of: 'TakeDialog', at: '/quality/creditCodeAside', open: press('采用全部建议') },
  { of: 'RoundDialog', at: '/rounds', open: press('新建轮次') },
  {
    of: 'BatchEditDialog',
    at: '/enterprises',
    open: async (page) => {
      await tick(page);
      await press('批量修改')(page);
    },
  },
  { of: 'TargetDialogs', at: '/rounds/:id', open: press('加企业') },
  {
    of: 'EditRound',
    at: '/rounds/:id',
    open: async (page) => {
      await button(page, '更多').click();
      await item(page, '名称和日期');
    },
  },
  { of: 'StartDialog', at: '/visits', open: press('开始检查') },
  { of: 'PhrasePicker', at: '/enterprises/:id', open: (page) => inNewFinding(page, key('/')) },
  { of: 'LawPicker', at: '/enterprises/:id', open: (page) => inNewFinding(page, press(/^(选法条|改)/)) },
  { of: 'OldFindingPane', at: '/findings/:underway', open: (page) => inVisitOf(page, key('n')) },
  { of: 'FollowUpDialog', at: '/findings/:submitted', open: key('f') },
  {
    of: 'FindingListPage',
    at: '/findings',
    open: async (page) => {
      await tick(page);
      await button(page, '改责任人').click();
    },
  },
  {
    of: 'EventDialog',
    at: '/findings?filter=status%3Dsubmitted',
    open: async (page) => {
      await tick(page);
      await button(page, '办理').click();
      await page.getByRole('menuitem').first().click();
    },
  },
  { of: 'VerifyBar', at: '/findings/:submitted', open: key('n') },
  { of: 'AskDialog', at: '/findings/:submitted', open: key('y') },
  { of: 'PhotoCompare', at: '/findings/:pictured', open: key('Space') },
  { of: 'PhotoViewer', at: '/findings/:pictured', open: press('放大整改前照片') },
  {
    of: 'LawLink',
    at: '/findings/:submitted',
    open: async (page) => {
      await page.getByRole('region', { name: '问题内容' }).locator('button.lk.u').first().click();
    },
  },
  { of: 'NewTraining', at: '/training', open: press('新建培训') },
  { of: 'NewRecord', at: '/complaints', open: press(/^新增/) },
  { of: 'UndoLink', at: '/settings/history', open: press(/^撤销/) },
  { of: 'ExportDialog', at: '/handoff', open: press('发出…') },
  { of: 'OfficeKeyDialog', at: '/handoff', open: press('导出驻点密钥…') },
  { of: 'OfficeDevices', at: '/handoff', open: press(/^停用 /) },
  {
    of: 'MovedLine',
    at: '/enterprises/:moved',
    open: async (page) => {
      await page.locator('.moved').getByRole('button', { name: '更正' }).click();
    },
  },
  { of: 'ClientNotice', at: '/enterprises/:id', open: (page) => inNewFinding(page, press('以委托方名义出具…')) },
  {
    of: 'DutyDoneDialog',
    at: '/enterprises/:id',
    open: async (page) => {
      await page.getByRole('tab', { name: /^定期义务/ }).click();
      await press(/^登记办理/)(page);
    },
  },
  {
    of: 'FieldOrigins',
    at: '/enterprises/:id',
    open: async (page) => {
      await page.getByRole('tab', { name: /^概况/ }).click();
      await press('基本信息的来历')(page);
    },
  },
  {
    of: 'TradeHints',
    at: '/enterprises/:id',
    open: async (page) => {
      await page.getByRole('tab', { name: /^生产与产污/ }).click();
      await press('挑选…')(page);
    },
  },
  { of: 'FileCheckDialog', at: '/enterprises/:id', open: (page) => inVisitOf(page, key('b')) },
  {
    of: 'BatchPapers',
    at: '/enterprises',
    open: async (page) => {
      await tick(page);
      await press('批量出具')(page);
    },
  },
  {
    of: 'ConfirmCodeDialog',
    at: '/enterprises/:id',
    refused: 'enterprises/update',
    open: async (page) => {
      await page.keyboard.press('e');
      await page.getByLabel(/^统一社会信用代码/).fill('91310112MA1ABC1230');
      await page.keyboard.press('Enter');
      await press('执照如此…')(page);
    },
    after: press(/^完成/),
  },
  {
    of: 'TrainingEnterprises',
    at: '/training/:id',
    open: async (page) => {
      await page.getByRole('checkbox', { name: '汽修' }).check();
      await page.getByRole('radio', { name: '面向' }).click();
      await press(/记为到会$/)(page);
    },
  },
  { of: 'ReportCasesDialog', at: '/reports', open: press('选择和编写') },
  // Signed: everything in it is switched off, and the focus stays inside all the same.
  { of: 'FactsDialog', at: '/visits/:signed', open: key('e') },
  { of: 'CreateDialog', at: '/backup', open: press('备份到别的盘…') },
];

/** Dialogs that need another office, a passphrase, a workspace that is not there, or a page to be read: looked at by these tests. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  CardDialog: 'handoff.test.ts',
  ReceiptDialog: 'handoff.test.ts',
  TakeBackDialog: 'handoff.test.ts',
  HandoffPage: 'handoff.test.ts',
  RestoreDialog: 'backup.test.ts',
  PassphraseDialog: 'backup.test.ts',
  LeaveGuard: 'failures.test.ts',
  OpenFolder: 'main-job.test.ts',
  ScanReadDialog: 'scan-reading.test.ts',
};

/** An enterprise moves to another village; its page. */
async function moveOne(ctx: Context): Promise<string> {
  const villages = await ctx.store.read.find(area, { level: 'village' });
  const [one] = await ctx.store.read.find(enterprise, { villageId: villages[0]?.id ?? '' });
  const other = villages.find((village) => village.id !== one?.villageId && village.parentId === villages[0]?.parentId);
  if (!one || !other) throw new Error('the demonstration town has no enterprise that could move');
  await updateEnterprise(ctx, one.id, { villageId: other.id });
  return `/enterprises/${one.id}`;
}

/** Components that draw a dialog of their own. */
function dialogsOfTheWindow(): string[] {
  const root = join(ROOT, 'renderer');
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter(
      (file) => file.endsWith('.vue') && /<AppDialog\b|role="dialog"/.test(readFileSync(join(root, file), 'utf8')),
    )
    .map((file) => file.split(/[\\/]/).at(-1)?.replace('.vue', '') ?? '')
    .filter((name) => name !== 'AppDialog')
    .sort();
}

test('every dialog is opened by one of these ways, or by a test that is named', () => {
  const named = [...WAYS.map((way) => way.of), ...Object.keys(ELSEWHERE)];
  expect([...new Set(named)].sort()).toEqual(dialogsOfTheWindow());
});

describe('every dialog', () => {
  const desk = new DeskUnderTest();
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    const { env } = desk.machine;
    await command(env, 'demo', '--workspace', desk.workspace);
    ids['/enterprises?filter=moved'] = await fillWorkspace(desk.machine, moveOne);
    // A second computer of the office: a copy whose keys are not there becomes a device of its own.
    const elsewhere = { ...env, STEWARD_CONFIG: join(desk.machine.folder, 'elsewhere') };
    await command(elsewhere, 'handoff', 'state', '--workspace', desk.workspace);
    await desk.open();
  });
  afterAll(() => desk.close());
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') {
      await desk.shot('dialog-failed');
      await desk.page.reload();
    }
    desk.expectNoTrouble();
  });

  async function go(path: string): Promise<void> {
    await desk.page.evaluate(`location.hash = ${JSON.stringify(path)}`);
    await desk.page.locator('.main h1').first().waitFor();
    await desk.settled();
  }
  /** The page of the first row of a list under a filter; found once. */
  async function firstOf(list: string, filter: string): Promise<string> {
    const wanted = `${list}?filter=${encodeURIComponent(filter)}`;
    if (!ids[wanted]) {
      await go(wanted);
      await first(desk.page).dblclick();
      await expect.poll(() => /#\/\w+\/[\w-]{20,}/.test(desk.page.url())).toBe(true);
      ids[wanted] = desk.page.url().split('#')[1] ?? '';
    }
    return ids[wanted];
  }
  const FILTERS: Readonly<Record<string, string>> = {
    id: '',
    moved: 'moved',
    signed: 'status=signed',
    submitted: 'status=submitted',
    underway: 'status=in_progress',
    pictured: 'no~24-00001',
  };
  async function come(at: string): Promise<void> {
    const [, list, which] = /^(.*)\/:(\w+)$/.exec(at) ?? [];
    await go(list && which ? await firstOf(list, FILTERS[which] ?? '') : at.includes('?') ? at : `${at}?filter=`);
  }

  test.each(WAYS.map((way) => [way.of, way] as const))('%s', async (name, { at, open, refused, after }) => {
    const { page } = desk;
    await come(at);
    await open(page);
    const dialog = page.getByRole('dialog').last();
    await dialog.waitFor();
    await desk.settled();
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await expect.poll(() => page.evaluate('innerWidth')).toBe(size.width);
      await desk.shot(`dialog-${name}-${size.width}`);
      expect((await barriers(page)).join('\n'), `${name} at ${size.width}`).toBe('');
    }
    await page.setViewportSize(SIZES[0]);
    // The focus is inside from the start, and goes round there both ways.
    const inside = () => dialog.evaluate((box) => box.contains(box.ownerDocument.activeElement));
    const stops = await dialog.evaluate(
      (box) => box.querySelectorAll('a[href], button, input, select, textarea, [tabindex="0"]').length,
    );
    expect(await inside()).toBe(true);
    for (const tab of ['Shift+Tab', ...Array<string>(Math.min(stops, 12) + 1).fill('Tab')]) {
      await page.keyboard.press(tab);
      expect(await inside(), `${tab} left the dialog`).toBe(true);
    }
    await dialog.focus();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    await after?.(page);
    if (refused) desk.expectRefusals(refused);
  });

  test('a planted barrier is found: a picture without words, and a button too small', async () => {
    const { page } = desk;
    await go('/today');
    const small = '<button style="width:8px;height:8px;padding:0">a</button>';
    const planted = `<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">${small}${small}<table><tr><td>1</td></tr></table>`;
    await page.locator('.main').evaluate((main, html) => {
      main.insertAdjacentHTML('beforeend', `<div id="planted">${html}</div>`);
    }, planted);
    const found = (await barriers(page)).join('\n');
    for (const rule of ['image-alt', 'target-size', 'a table without a name']) expect(found).toContain(rule);
    await page.locator('#planted').evaluate((one) => one.remove());
    expect(await barriers(page)).toEqual([]);
  });
});
