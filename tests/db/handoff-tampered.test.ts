// Stores that were changed behind their log, and imports that go wrong half-way: the checks of the invariants must notice it.
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import Database from 'better-sqlite3';
import { naturalId, type Writer } from '../../db/index.ts';
import type { applyStaging as ApplyStaging } from '../../db/handoff/apply.ts';
import type { operationOf as OperationOf } from '../../db/handoff/operations.ts';
import { area } from '../../domain/areas/entities.ts';
import { contact, enterprise } from '../../domain/enterprises/entities.ts';
import { alias } from '../../domain/handoff/entities.ts';
import { Office } from '../support/offices.ts';
import { plant, reportOf, unplant } from '../support/planted.ts';
import {
  checkAtomic,
  checkDense,
  checkFields,
  checkRefold,
  checkReplay,
  checkStore,
  checkTexts,
  deepDump,
} from '../support/store-checks.ts';
import { dropTemplate, fromTemplate } from '../support/store-template.ts';
import { logOf, TAG, tamper } from '../support/store.ts';

vi.mock('../../db/handoff/apply.ts', async (original) =>
  (await import('../support/planted.ts')).replaceable(await original()),
);
vi.mock('../../db/handoff/operations.ts', async (original) =>
  (await import('../support/planted.ts')).replaceable(await original()),
);

const NOTHING = 'nothing was noticed';
let a: Office;
let b: Office;
let ids: { town: string; first: string; second: string };
const edited = async (o: Office, change: Record<string, unknown>): Promise<void> => {
  await o.act(async (tx) => await tx.update(enterprise, ids.first, change as never));
};

/** Two offices that have the same and disagree about an address. */
beforeEach(async () => {
  [a, b] = [Office.on('甲', await fromTemplate()), Office.on('乙', await fromTemplate())];
  await a.store.enrolDevice(TAG);
  await b.store.enrolDevice('B1B2C3D4E5');
  ids = await a.act(async (tx) => {
    const town = await tx.insert(area, { level: 'town', name: '华漕镇' } as never);
    const make = async (name: string) =>
      (
        await tx.insert(enterprise, {
          name,
          internalCode: name,
          siteNo: '001',
          townId: town.id,
          address: '联友路1号',
        } as never)
      ).id;
    return { town: town.id, first: await make('海明'), second: await make('海明科技') };
  });
  await b.take(await a.operations());
  await edited(a, { address: '甲写的地址' });
  await edited(b, { address: '乙写的地址' });
});
afterEach(async () => {
  unplant();
  for (const o of [a, b]) await o.t.close();
});
afterAll(dropTemplate);

/** One of the two enterprises is the other. */
const merge = async (): Promise<void> => {
  await a.act(async (tx) => {
    const [lowId, highId] = [ids.first, ids.second].sort() as [string, string];
    await tx.insert(alias, { id: naturalId(alias, lowId, highId), entity: 'enterprise', lowId, highId } as never);
    await tx.insert(contact, { enterpriseId: ids.first, name: '张志明' } as never);
  });
};

/** SQL behind the application's back, without the rules that it sets for itself. */
const behind = (o: Office, sql: string): void => {
  const db = new Database(o.store.file);
  db.function('sd_hlc', () => '');
  try {
    db.exec(`PRAGMA foreign_keys = OFF; UPDATE sync_local SET capture = 0; ${sql}; UPDATE sync_local SET capture = 1`);
  } finally {
    db.close();
  }
};
const root = (): string => [ids.first, ids.second].sort()[0] as string;

describe('a store that is not as its log says', () => {
  const dense = async (o: Office): Promise<void> => {
    await checkDense(o, [TAG]);
  };
  const cases: readonly (readonly [
    law: string,
    what: string,
    check: (o: Office) => Promise<void>,
    sql: () => string,
  ])[] = [
    ['I5', 'values of a conflict are forgotten', checkFields, () => "UPDATE sync_field SET rivals = '[]'"],
    [
      'I6',
      'a value is shown that nobody wrote',
      checkFields,
      () => `UPDATE enterprise SET remark = '待补' WHERE id = '${root()}'`,
    ],
    ['I7', 'a row is lost', checkFields, () => 'DELETE FROM contact'],
    [
      'I7',
      'a row is there that nobody made',
      checkStore,
      () =>
        "INSERT INTO sync_row(id, tbl, stream_no, birth) SELECT 'f' || substr(id, 2), tbl, stream_no, birth FROM sync_row WHERE tbl = 'contact'",
    ],
    [
      'I14',
      'a number is missing',
      dense,
      () => `DELETE FROM sync_op WHERE n = 2 AND stream_no = (SELECT no FROM sync_stream WHERE id = '${ids.first}')`,
    ],
    ['I14', 'more is said to be held than there is', dense, () => 'UPDATE sync_have SET upto = upto + 1'],
    [
      'I25',
      'a value of the log is shown, but not the one that counts',
      checkRefold,
      () => `UPDATE enterprise SET address = '联友路1号' WHERE id = '${root()}'`,
    ],
    ['I25', 'the merged rows are not those of the log', checkRefold, () => 'DELETE FROM sync_alias_root'],
    ['I25', 'a conflict is not in the list', checkRefold, () => 'DELETE FROM sync_conflict'],
    ['I27', 'a reference leads nowhere', checkStore, () => `DELETE FROM area WHERE id = '${ids.town}'`],
  ];
  test.each(cases)('[%s] %s', async (law, _what, check, sql) => {
    await merge();
    await a.take(await b.operations());
    expect(
      await reportOf(async () => {
        await check(a);
      }),
    ).toBe(NOTHING);
    behind(a, sql());
    expect(
      await reportOf(async () => {
        await check(a);
      }),
    ).toContain(`[${law}]`);
  });
});

describe('[I25] a trigger that misses something', () => {
  /** Installs a trigger of enterprises anew with a change in its text. */
  const retrigger = (name: string, change: (sql: string) => string): void => {
    const db = new Database(a.store.file);
    try {
      const sql = db
        .prepare("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?")
        .pluck()
        .get(name) as string;
      const changed = change(sql);
      expect(changed).not.toBe(sql);
      db.exec(`DROP TRIGGER ${name}; ${changed}`);
    } finally {
      db.close();
    }
  };
  const writes = async (): Promise<void> => {
    await edited(a, { remark: '备注', shortName: '海明' });
    await a.act(async (tx: Writer) => {
      await tx.execute("UPDATE enterprise SET remark = remark || '改'");
    });
    await a.act(
      async (tx) =>
        await tx.insert(enterprise, {
          name: '又一家',
          internalCode: 'N',
          siteNo: '001',
          townId: ids.town,
          remark: '新',
        } as never),
    );
    await a.act(async (tx) => {
      await tx.remove(enterprise, ids.second);
    });
  };
  const none = 'CREATE TRIGGER cap_enterprise_none AFTER UPDATE ON enterprise WHEN 0 BEGIN SELECT 1; END';
  test.each<[string, string, (sql: string) => string]>([
    [
      'a column among those watched',
      'cap_enterprise_u',
      (sql) =>
        sql.replace(
          /UPDATE OF (.*?) ON/,
          (_all, list: string) =>
            `UPDATE OF ${list
              .split(', ')
              .filter((c) => c !== '"remark"')
              .join(', ')} ON`,
        ),
    ],
    [
      'a column in what it writes',
      'cap_enterprise_u',
      (sql) => sql.replace(`('remark', OLD."remark", NEW."remark"), `, ''),
    ],
    ['a column of new rows', 'cap_enterprise_i', (sql) => sql.replaceAll('NEW."remark"', 'NULL')],
    ['deletions', 'cap_enterprise_x', () => none],
    ['every change', 'cap_enterprise_u', () => none],
  ])('%s', async (_what, name, change) => {
    await writes();
    expect(
      await reportOf(async () => {
        await checkReplay(a.store);
      }),
    ).toBe(NOTHING);
    retrigger(name, change);
    await a.act(async (tx) => {
      await tx.restore(enterprise, ids.second);
    });
    await writes();
    expect(
      await reportOf(async () => {
        await checkReplay(a.store);
      }),
    ).toContain('[I25]');
  });
});

describe('[I20] an import that fails', () => {
  beforeEach(merge);
  /** Tables that an import writes, one after the other. */
  const TABLES = [
    'sync_op',
    'enterprise',
    'contact',
    'sync_row',
    'sync_field',
    'sync_conflict',
    'sync_alias_root',
    'sync_have',
    'handoff_import',
  ] as const;
  const failingAt = async (table: string): Promise<string> => {
    tamper(b.store.file, `CREATE TRIGGER planned BEFORE INSERT ON ${table} BEGIN SELECT RAISE(ABORT, 'planned'); END`);
    try {
      return await reportOf(async () => {
        await checkAtomic(b, async () => {
          await b.take(await a.operations());
        });
      });
    } finally {
      tamper(b.store.file, 'DROP TRIGGER planned');
    }
  };

  test.each(TABLES)('at the first row of %s leaves the store as it was, and goes through afterwards', async (table) => {
    expect(await failingAt(table)).toBe(NOTHING);
    await b.take(await a.operations());
    await a.take(await b.operations());
    expect(await b.dump()).toBe(await a.dump());
  });

  test(
    'leaves the clock as it was, however far ahead that of the package is (bug: all later edits are dated as ' +
      'if it had come)',
    async () => {
      const ahead = '6'.repeat(16);
      const operations = (await a.operations()).map((op) => ({ ...op, hlc: op.kind === 'u' ? ahead : op.hlc }));
      tamper(
        b.store.file,
        "CREATE TRIGGER planned BEFORE INSERT ON handoff_import BEGIN SELECT RAISE(ABORT, 'planned'); END",
      );
      await expect(b.take(operations)).rejects.toThrow('planned');
      await edited(b, { remark: '之后' });
      expect((await logOf(b.store)).filter((op) => op.hlc >= ahead)).toEqual([]);
      tamper(b.store.file, 'DROP TRIGGER planned');
      await b.take(operations);
      await edited(b, { remark: '又之后' });
      expect((await logOf(b.store)).at(-1)?.hlc).toMatch(/^6{16}$|^6{12}666[7-9a-f]|^6{11}/);
    },
  );

  test.each(['sync_op', 'sync_field', 'sync_conflict', 'sync_row', 'contact'])(
    'taking it back fails at the first row that goes from %s: the store is as it was, and it can be taken back afterwards',
    async (table) => {
      const before = await deepDump(b);
      await b.take(await a.operations());
      tamper(
        b.store.file,
        `CREATE TRIGGER planned BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, 'planned'); END`,
      );
      expect(
        await reportOf(async () => {
          await checkAtomic(b, async () => {
            await b.store.undoHandoff(b.lastImport);
          });
        }),
      ).toBe(NOTHING);
      tamper(b.store.file, 'DROP TRIGGER planned');
      await b.store.undoHandoff(b.lastImport);
      expect(await deepDump(b)).toBe(before);
    },
  );

  test('planted fault: one that commits in two pieces is noticed', async () => {
    plant(
      'applyStaging',
      (real: typeof ApplyStaging): typeof ApplyStaging =>
        async (tools, staging, facts, onProgress) =>
          await real(tools, staging, facts, (done) => {
            tools.db.exec('COMMIT; BEGIN IMMEDIATE');
            onProgress(done);
          }),
    );
    expect(await failingAt('handoff_import')).toContain('[I20]');
  });

  test("planted fault: one that takes attachments' rows first and the rest later is noticed", async () => {
    plant('applyStaging', (real: typeof ApplyStaging): typeof ApplyStaging => async (tools, ...rest) => {
      tools.db.exec("COMMIT; BEGIN IMMEDIATE; INSERT INTO sync_note(at, text) SELECT '', ''; COMMIT; BEGIN IMMEDIATE");
      return await real(tools, ...rest);
    });
    expect(await failingAt('sync_op')).toContain('[I20]');
  });
});

describe('[I26] text', () => {
  const TEXTS = [
    '😀👨‍👩‍👧',
    'a\u0000b',
    '𠮷野家𪚥',
    'שלום עולם',
    '"\'\\\n\t\r',
    '\u202e反',
    '\ufeff标记',
    'e\u0301',
    '1.10',
    ' 前后空格 ',
    '\u2028',
  ];
  const carried = async (): Promise<string> => {
    await a.act(async (tx) => {
      for (const remark of TEXTS)
        await tx.insert(enterprise, {
          name: `甲${remark}乙`,
          internalCode: 'T',
          siteNo: '001',
          townId: ids.town,
          remark,
        } as never);
    });
    for (const remark of TEXTS) await edited(a, { remark });
    await b.take(await a.operations());
    return await reportOf(async () => {
      await checkTexts(a, b);
    });
  };

  test('comes as it was written, whatever it is', async () => {
    expect(await carried()).toBe(NOTHING);
    await a.take(await b.operations());
    expect(await b.dump()).toBe(await a.dump());
  });

  const through =
    (change: (text: string) => string) =>
    (real: typeof OperationOf): typeof OperationOf =>
    (record) => {
      const op = real(record);
      return {
        ...op,
        body: Object.fromEntries(
          Object.entries(op.body).map(([name, said]) => [
            name,
            typeof said === 'string' && name === 'remark' ? change(said) : said,
          ]),
        ),
      };
    };
  test.each<[string, (text: string) => string]>([
    ['ends at a NUL', (t) => t.split('\0')[0] as string],
    ['loses characters beyond the first plane', (t) => t.replace(/[\u{10000}-\u{10ffff}]/gu, '?')],
    ['is composed', (t) => t.normalize('NFC')],
    ['loses the blanks around it', (t) => t.trim()],
    ['gets other line ends', (t) => t.replace(/\r/g, '\n')],
    ['loses its byte order mark', (t) => t.replace('\ufeff', '')],
    ['becomes a number', (t) => (t === '1.10' ? '1.1' : t)],
  ])('planted fault: it %s', async (_what, change) => {
    plant('operationOf', through(change));
    expect(await carried()).toContain('[I26]');
  });
});
