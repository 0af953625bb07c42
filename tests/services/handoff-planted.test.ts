// Planted faults in whole hand-offs by file: the long work runs in this thread, where modules can be wrong on purpose.
import { afterEach, describe, expect, test, vi } from 'vitest';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Outgoing } from '../../db/index.ts';
import type { applyStaging as ApplyStaging, removeImport as RemoveImport } from '../../db/handoff/apply.ts';
import type { operationOf as OperationOf } from '../../db/handoff/operations.ts';
import type { planStaging as PlanStaging } from '../../db/handoff/plan-staging.ts';
import type { FoldedField, FoldedRow, foldRow as FoldRow } from '../../domain/handoff/fold.ts';
import type { Operation } from '../../domain/handoff/operation.ts';
import type { readPart as ReadPart } from '../../services/handoff-package/read-part.ts';
import type { stagePackage as StagePackage, unpackParts as UnpackParts } from '../../services/handoff-tasks/stage.ts';
import { addDocuments, Desks, take } from '../support/handoff-desks.ts';
import { PackageWorld, type PackageCommand } from '../support/package-world.ts';
import { plant, reportOf, unplant } from '../support/planted.ts';
import { AGE_CHUNK, checkSalvage, endsIn, storedIn } from '../support/salvage.ts';
import { checkSample } from '../support/sample.ts';
import { tamper } from '../support/store.ts';

vi.mock('../../services/workers/index.ts', async (original) => ({
  ...(await original<object>()),
  inBackground: (await import('../support/in-process.ts')).inThisThread,
}));
vi.mock('../../db/handoff/apply.ts', async (original) =>
  (await import('../support/planted.ts')).replaceable(await original()),
);
vi.mock('../../db/handoff/operations.ts', async (original) =>
  (await import('../support/planted.ts')).replaceable(await original()),
);
vi.mock('../../db/handoff/plan-staging.ts', async (original) =>
  (await import('../support/planted.ts')).replaceable(await original()),
);
vi.mock('../../db/handoff/seals.ts', async (original) =>
  (await import('../support/planted.ts')).replaceable(await original()),
);
vi.mock('../../domain/handoff/fold.ts', async (original) =>
  (await import('../support/planted.ts')).replaceable(await original()),
);
vi.mock('../../services/handoff-package/read-part.ts', async (original) =>
  (await import('../support/planted.ts')).replaceable(await original()),
);
vi.mock('../../services/handoff-tasks/stage.ts', async (original) =>
  (await import('../support/planted.ts')).replaceable(await original()),
);

afterEach(() => {
  unplant();
  vi.restoreAllMocks();
});

type Commands = readonly PackageCommand[];
const EDIT: Commands = [['edit', 0, 0, 0, 'x']];
const DOCUMENT: Commands = [['document', 0, 3, 0, 'x']];
const SEND: Commands = [['send', 0, 0, 0, 'x']];
const PART: Commands = [
  ['contact', 0, 1, 0, 'x'],
  ['document', 0, 3, 1, 'x'],
  ['sendPart', 0, 1, 0, 'x'],
];
const DELTA: Commands = [...EDIT, ['deltaAsFull', 0, 0, 0, 'x']];
const CANCEL: Commands = [...EDIT, ['cancel', 0, 0, 1, 'x']];
const UNDO: Commands = [...EDIT, ['undo', 0, 0, 0, 'x']];
const DAMAGED: Commands = [['damaged', 0, 0, 4001, 'x']];
const TEXT: Commands = [['edit', 0, 1, 0, 'x𠮷y']];
const BARE: Commands = [['bare', 0, 5, 0, 'x']];
const RELAY: Commands = [...EDIT, ...SEND, ['relay', 1, 0, 0, 'x']];
const SAME: Commands = [
  ['edit', 0, 0, 0, 'x'],
  ['edit', 1, 0, 0, 'x'],
  ['edit', 2, 0, 0, 'x'],
];

/** What is reported when the fault is there from the first command on. */
async function reported(list: Commands, fault: () => void = () => undefined): Promise<string> {
  const world = new PackageWorld();
  try {
    await world.open();
    fault();
    return await reportOf(async () => {
      await world.run(list);
    });
  } finally {
    await world.close();
  }
}

test('without a fault nothing is noticed (bug: a check that reports whatever there is)', async () => {
  expect(await reported([...PART, ...DELTA, ...CANCEL, ...UNDO, ...DAMAGED, ...TEXT, ...BARE, ...RELAY, ...SAME])).toBe(
    'nothing was noticed',
  );
});

type Asked = 'proved' | 'streams' | 'contents' | 'blobs';
/** A method of the snapshot that packages are made from does what `wrong` makes of it. */
const method =
  <K extends Asked>(name: K, wrong: (real: Outgoing[K], self: Outgoing) => Outgoing[K]) =>
  (): void => {
    const real = Outgoing.prototype[name] as (...args: unknown[]) => unknown;
    vi.spyOn(Outgoing.prototype as unknown as Record<string, (...args: unknown[]) => unknown>, name).mockImplementation(
      function (this: unknown, ...args) {
        const self = this as Outgoing;
        return (wrong(real.bind(self) as Outgoing[K], self) as (...a: unknown[]) => unknown)(...args);
      },
    );
  };
const planting =
  <F extends (...args: never[]) => unknown>(name: string, fault: (real: F) => F) =>
  (): void => {
    plant(name, fault);
  };
const counted = (change: (summary: ReturnType<typeof PlanStaging>) => void): (() => void) =>
  planting('planStaging', (real: typeof PlanStaging) => (staging, onRow) => {
    const summary = real(staging, onRow);
    change(summary);
    return summary;
  });

const inTwoPieces =
  (real: typeof ApplyStaging): typeof ApplyStaging =>
  async (tools, staging, facts, onProgress) =>
    await real(tools, staging, facts, (done) => {
      tools.db.exec('COMMIT; BEGIN IMMEDIATE');
      onProgress(done);
    });
const writing =
  (real: typeof PlanStaging): typeof PlanStaging =>
  (staging, onRow) => {
    staging.db.exec('UPDATE store.sync_local SET ms = ms + 1');
    return real(staging, onRow);
  };
const leaving = (): typeof RemoveImport => async (tools, id) => {
  tools.db.prepare("UPDATE handoff_import SET undone_at = '' WHERE id = ?").run(id);
  return await Promise.resolve(0);
};
const touching =
  (sql: string) =>
  (real: typeof StagePackage): typeof StagePackage =>
  async (input, ...rest) =>
    await real(input, ...rest).catch((error: unknown) => {
      tamper(input.storeFile, sql);
      throw error;
    });
const withoutPlanes =
  (real: typeof OperationOf): typeof OperationOf =>
  (record) =>
    real({ ...record, body: record.body.replace(/[\u{10000}-\u{10ffff}]/gu, '?') });
const losing =
  (real: typeof UnpackParts): typeof UnpackParts =>
  async (input, ...rest) => {
    const done = await real(input, ...rest);
    rmSync(join(input.workspace, 'attachments'), { recursive: true, force: true });
    return done;
  };
const unsorted =
  (real: typeof FoldRow): typeof FoldRow =>
  (ops, context) => {
    const row = real(ops, context);
    const came = (dot: string): number => ops.findIndex((op) => dot.split('@')[0] === `${op.device}:${op.n}`);
    return (
      row && {
        ...row,
        fields: new Map(
          [...row.fields].map(([name, f]) => [name, { ...f, w: [...f.w].sort((x, y) => came(x) - came(y)) }]),
        ),
      }
    );
  };
const ALL = { all: true, areas: [], enterprises: [], personal: true };

const FAULTS: readonly (readonly [law: string, what: string, list: Commands, fault: () => void])[] = [
  ['I1', 'heads are kept in the order in which they came', SAME, planting('foldRow', unsorted)],
  [
    'I16',
    'a partner counts as holding one operation more than it proved',
    DELTA,
    method(
      'proved',
      (real) => (peer, stream) =>
        new Map([...real(peer, stream)].map(([device, c]) => [device, { ...c, upto: c.upto + 1 }])),
    ),
  ],
  ['I17', 'what a partner proved is forgotten', EDIT, method('proved', () => () => new Map())],
  [
    'I18',
    'a package about one enterprise carries the streams of all',
    PART,
    method('streams', (real) => (scope) => real({ ...scope, all: true })),
  ],
  [
    'I18',
    'a package carries contacts that were to be left out',
    PART,
    method('streams', (real) => (scope) => real({ ...scope, personal: true })),
  ],
  [
    'I18',
    'a package carries the attachments of all',
    [...DOCUMENT, ...PART],
    method('blobs', (real, self) => () => real(self.contents(self.streams(ALL)))),
  ],
  ['I20', 'an import commits in two pieces', CANCEL, planting('applyStaging', inTwoPieces)],
  ['I21', 'looking at a package writes', SEND, planting('planStaging', writing)],
  [
    'I21',
    'a preview counts one changed row too many',
    [...EDIT, ...SEND],
    counted((s) => {
      for (const counts of Object.values(s.byEntity)) counts.changed += 1;
    }),
  ],
  [
    'I21',
    'a preview counts other operations',
    SEND,
    counted((s) => {
      s.operations += 1;
    }),
  ],
  ['I22', 'taking back leaves what came', UNDO, planting('removeImport', leaving)],
  [
    'I23',
    'a refused package moves the clock',
    DAMAGED,
    planting('stagePackage', touching('UPDATE sync_local SET ms = ms + 1')),
  ],
  [
    'I23',
    "a refused package counts as one of the partner's",
    DAMAGED,
    planting('stagePackage', touching("INSERT INTO sync_device(tag) VALUES ('ZZZZZZZZZZ')")),
  ],
  ['I26', 'text loses what is beyond the first plane', TEXT, planting('operationOf', withoutPlanes)],
  ['I27', 'attachments are counted but not stored', [...DOCUMENT, ...SEND], planting('unpackParts', losing)],
  ['I27', 'an attachment that is lacking is not wished for', BARE, method('contents', () => () => [])],
  ['I28', 'seals are not checked', RELAY, planting('checkSeals', () => () => null)],
];

describe('a planted fault is noticed', () => {
  test.each(FAULTS)('[%s] %s', async (law, _what, list, fault) => {
    expect(await reported(list, fault)).toContain(`[${law}]`);
  });
});

describe('[I24] the frozen sample', () => {
  const sampled = async (): Promise<string> => {
    const desks = new Desks();
    try {
      return await reportOf(async () => {
        await checkSample(desks, join('tests', 'fixtures', 'handoff-1.0'));
      });
    } finally {
      await desks.close();
    }
  };
  const inverted = (hlc: string): string =>
    [...hlc].map((digit) => (15 - Number.parseInt(digit, 16)).toString(16)).join('');
  const deleted = (row: FoldedRow, op: Operation | undefined): FoldedRow => {
    const field = row.fields.get('deletedAt') as FoldedField;
    return op
      ? {
          ...row,
          deleted: true,
          conflicts: [],
          fields: new Map([...row.fields, ['deletedAt', { ...field, value: (op.body.deletedAt as [string])[0] }]]),
        }
      : row;
  };
  test.each<[string, (real: typeof FoldRow) => typeof FoldRow]>([
    [
      'the earliest value wins',
      (real) => (ops, context) =>
        real(
          ops.map((op) => ({ ...op, hlc: inverted(op.hlc) })),
          context,
        ),
    ],
    [
      'nothing is a conflict',
      (real) => (ops, context) => {
        const row = real(ops, context);
        return row && { ...row, conflicts: [] };
      },
    ],
    [
      'a deletion always counts',
      (real) => (ops, context) => {
        const row = real(ops, context);
        return (
          row &&
          deleted(
            row,
            ops.find((op) => op.kind === 'd'),
          )
        );
      },
    ],
  ])('a fold that has changed since it was made is noticed: %s', async (_what, fault) => {
    plant('foldRow', fault);
    expect(await sampled()).toContain('[I24]');
  });
});

describe('[I29] a damaged part', () => {
  const SIZES = [150_000, 500, 90_000, 40_000, 120_000];

  /** What the check of a damaged part reports, for a damage behind the first attachments. */
  async function salvaged(): Promise<string> {
    const desks = new Desks();
    try {
      const { a, b, id } = await desks.pair();
      await addDocuments(a, id, SIZES);
      const { folder } = await desks.send(a, b);
      const blobs = await a.store.read.sql<{ sha256: string; size: number }>('SELECT sha256, size FROM attachment');
      const file = join(folder, 'part-0001.ehp');
      const part = readFileSync(file);
      const ends = endsIn(part, blobs);
      const at = Math.min(part.length - 1, ([...ends.values()][2] as number) + AGE_CHUNK + 1);
      part[at] = (part[at] as number) ^ 1;
      writeFileSync(file, part);
      const done = await take(b, folder);
      mkdirSync(join(b.store.folder, 'attachments'), { recursive: true });
      return await reportOf(async () => {
        await Promise.resolve();
        checkSalvage(ends, at, storedIn(b.store.folder), done.attachments);
      });
    } finally {
      await desks.close();
    }
  }

  test('gives what ends more than a chunk before the damage', async () => {
    expect(await salvaged()).toBe('nothing was noticed');
  });

  test('planted fault: a reader that gives nothing before the damage is noticed', async () => {
    plant('readPart', (real: typeof ReadPart): typeof ReadPart => async (file, keys, expected, sink, options) => {
      const kept: [string, Buffer][] = [];
      const result = await real(
        file,
        keys,
        expected,
        {
          has: async (sha256) => await sink.has(sha256),
          add: async (sha256, chunks) => {
            const pieces: Buffer[] = [];
            for await (const piece of chunks) pieces.push(piece);
            kept.push([sha256, Buffer.concat(pieces)]);
          },
        },
        options,
      );
      if (result.code !== null) return { ...result, stored: 0 };
      for (const [sha256, bytes] of kept)
        await sink.add(
          sha256,
          (async function* () {
            yield await Promise.resolve(bytes);
          })(),
          bytes.length,
        );
      return result;
    });
    expect(await salvaged()).toContain('[I29]');
  });

  test('planted fault: a reader that counts what it did not store is noticed', async () => {
    plant('unpackParts', (real: typeof UnpackParts): typeof UnpackParts => async (...args) => {
      const done = await real(...args);
      return { ...done, stored: done.stored + done.missing, missing: 0 };
    });
    expect(await salvaged()).toContain('[I29]');
  });
});
