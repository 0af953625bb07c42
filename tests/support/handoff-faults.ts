// Planted faults: ways in which the merge could be wrong, each with the invariant that must notice it.
import { coverageOf, rangesOf } from '../../domain/handoff/coverage.ts';
import { foldRow, type FoldContext, type FoldedRow } from '../../domain/handoff/fold.ts';
import type { Operation } from '../../domain/handoff/operation.ts';
import { rawHeads, saidOn } from './handoff-laws.ts';
import { PRODUCTION, type Rules } from './handoff-rules.ts';

type Fold = typeof foldRow;

/** Changes what is shown of each field. */
const shownBy =
  (choose: (ops: readonly Operation[], field: string) => string | number | null | undefined): Fold =>
  (ops, context) => {
    const row = foldRow(ops, context);
    if (!row) return row;
    return {
      ...row,
      fields: new Map(
        [...row.fields].map(([name, f]) => {
          const value = name === 'deletedAt' ? undefined : choose(ops, name);
          return [
            name,
            value === undefined
              ? f
              : {
                  ...f,
                  value,
                  w: saidOn(name, ops)
                    .filter((s) => s.value === value)
                    .map((s) => dot(s.op, context)),
                },
          ];
        }),
      ),
    };
  };

const dot = (op: Operation, context: FoldContext): string =>
  `${op.device}:${op.n}${op.stream === context.home ? '' : `@${op.stream}`}`;

const byWallTime = shownBy(
  (ops, field) =>
    saidOn(field, ops)
      .filter((s) => !s.isEmptyCreate)
      .sort((a, b) => (a.op.at < b.op.at ? 1 : -1))[0]?.value,
);

const byArrival = shownBy((ops, field) => rawHeads(saidOn(field, ops)).at(-1)?.value);

/** Heads are listed as they came, which looks alike until two offices compare. */
const unsorted: Fold = (ops, context) => {
  const row = foldRow(ops, context);
  const came = new Map(ops.map((op, i) => [dot(op, context), i]));
  const byArrivalOf = (dots: readonly string[]): string[] =>
    [...dots].sort((a, b) => (came.get(a) ?? 0) - (came.get(b) ?? 0));
  return (
    row && {
      ...row,
      fields: new Map(
        [...row.fields].map(([name, f]) => [name, { ...f, w: byArrivalOf(f.w), rivals: byArrivalOf(f.rivals) }]),
      ),
    }
  );
};

/** The value that was said most often; of a set of operations that is no question. */
const byVotes = shownBy((ops, field) => {
  const votes = new Map<string | number | null, number>();
  for (const s of rawHeads(saidOn(field, ops))) votes.set(s.value, (votes.get(s.value) ?? 0) + 1);
  return [...votes].sort((a, b) => b[1] - a[1])[0]?.[0];
});

/** Both texts, one behind the other. */
const joined = shownBy((ops, field) => {
  const values = [...new Set(rawHeads(saidOn(field, ops)).map((s) => s.value))].sort();
  return field === 'note' && values.length > 1 ? values.join('；') : undefined;
});

/** Fields of a row in the bin are emptied. */
const emptied: Fold = (ops, context) => {
  const row = foldRow(ops, context);
  return row?.deleted
    ? {
        ...row,
        fields: new Map([...row.fields].map(([name, f]) => [name, name === 'deletedAt' ? f : { ...f, value: null }])),
      }
    : row;
};

const lastOfEachRow: Rules['taken'] = (ops) => [...new Map(ops.map((op) => [`${op.device} ${op.row}`, op])).values()];

/** What rows in scope refer to goes along. */
const withReferences: Rules['inScope'] = (ops, streams) => {
  const named = new Set(
    ops
      .filter((op) => streams.has(op.stream))
      .map((op) => op.body.upId)
      .map((said) => String(Array.isArray(said) ? said[0] : said)),
  );
  return ops.filter((op) => streams.has(op.stream) || named.has(op.row));
};

const blindDeletion: Fold = (ops, context) => {
  const everything = ops.map((op) => dot(op, context));
  return foldRow(
    ops.map((op) =>
      op.kind === 'd'
        ? {
            ...op,
            body: {
              ...op.body,
              _seen: [...everything, ...context.children].map((d) => (d.includes('@') ? d : `${d}@${context.home}`)),
            },
          }
        : op,
    ),
    context,
  );
};

const blindToChildren: Fold = (ops, context) => foldRow(ops, { ...context, children: [] });

/** Empty fields of a create become values of their own. */
const emptyRivals: Fold = (ops, context) =>
  foldRow(
    ops.flatMap((op) => {
      const empty =
        op.kind === 'c' ? context.fields.filter((f) => op.body[f.name] === undefined && f.name !== 'deletedAt') : [];
      return empty.length === 0
        ? [op]
        : [
            op,
            {
              ...op,
              n: op.n + 1_000_000,
              kind: 'u' as const,
              body: Object.fromEntries(empty.map((f) => [f.name, [null, [`${op.device}:${op.n}`]]])),
            },
          ];
    }),
    context,
  );

const lostRivals: Fold = (ops, context) => {
  const row = foldRow(ops, context);
  return row && { ...row, fields: new Map([...row.fields].map(([name, f]) => [name, { ...f, rivals: [] }])) };
};

const deafToUndeletion: Fold = (ops, context) =>
  foldRow(
    ops.filter((op) => op.kind !== 'u' || !('deletedAt' in op.body)),
    context,
  );

const twiceBorn: Fold = (ops, context): FoldedRow | null =>
  foldRow(
    ops.some((op) => op.kind === 'c')
      ? ops
      : ops.map((op, i) => (i === 0 ? { ...op, kind: 'c' as const, body: {} } : op)),
    context,
  );

/** Groups are shown as the member that was merged first. */
const firstSeenRoot: Rules['roots'] = (edges) => {
  const roots = new Map<string, string>();
  const find = (id: string): string => {
    const up = roots.get(id);
    return up === undefined ? id : find(up);
  };
  for (const [a, b] of edges) {
    const [x, y] = [find(b), find(a)];
    if (x !== y) roots.set(x, y);
  }
  return new Map([...roots.keys()].map((id) => [id, find(id)]));
};

const withoutRanges: Rules['union'] = (a, b) => ({
  upto: Math.max(0, ...[...rangesOf(a), ...rangesOf(b)].map(([, to]) => to)),
  extra: [],
});
const onlyBelowGap: Rules['union'] = (a, b) => ({ ...coverageOf([...rangesOf(a), ...rangesOf(b)]), extra: [] });

/** Name, the invariant that must notice it, and the rules with the fault in them. */
export const FAULTS: readonly (readonly [string, string, Partial<Rules>])[] = [
  ['heads are listed in the order in which they came', 'I1', { fold: unsorted }],
  ['what is held is taken in again, and the value said most often wins', 'I3', { isHeld: () => false, fold: byVotes }],
  ['of several operations of a row in one package only the last is taken in', 'I4', { taken: lastOfEachRow }],
  ['coverage knows no ranges, so that what a later package fills in is dropped', 'I4', { union: withoutRanges }],
  ['rival texts are shown joined', 'I6', { fold: joined }],
  ['a deletion gives fields a value of its own', 'I6', { fold: emptied }],
  [
    'of what a partner proved only the common stream is remembered',
    'I17',
    { base: (proved) => new Map([...proved].filter(([stream]) => stream === 'g')) },
  ],
  [
    'what a partner proved is forgotten behind the first number',
    'I17',
    {
      base: (proved) =>
        new Map(
          [...proved].map(([stream, devices]) => [
            stream,
            new Map([...devices].map(([device]) => [device, coverageOf([[1, 1]])])),
          ]),
        ),
    },
  ],
  ['a package takes along what its rows refer to', 'I18', { inScope: withReferences }],
  [
    'a package carries every deletion, whatever it is about',
    'I18',
    { inScope: (ops, streams) => ops.filter((op) => streams.has(op.stream) || op.kind === 'd') },
  ],
  ['a package about some streams says what its maker holds of all', 'I18', { haveOf: (have) => have }],
  ['an edit replaces the winner only, not all heads of the same value', 'I10', { editBasis: (f) => f.w.slice(-1) }],
  ['an edit replaces every head, those that were not shown too', 'I9', { editBasis: (f) => [...f.w, ...f.rivals] }],
  ['a decision replaces the shown heads only', 'I9', { decisionBasis: (f) => f.w }],
  ['the latest wall time wins, whatever was seen', 'I8', { fold: byWallTime }],
  ['the value that came last wins', 'I2', { fold: byArrival }],
  ['a deletion hides what it has not seen', 'I11', { fold: blindDeletion }],
  ['a deletion hides a part that it has not seen', 'I11', { fold: blindToChildren }],
  ['an undeletion does nothing', 'I8', { fold: deafToUndeletion }],
  ['empty fields of a create are rivals', 'I10', { fold: emptyRivals }],
  ['rival values are forgotten', 'I5', { fold: lostRivals }],
  ['a row without a create is shown', 'I7', { fold: twiceBorn }],
  ['gaps are ignored', 'I19', { fold: (ops, context) => foldRow(ops, { ...context, gap: () => false }) }],
  [
    'whatever is named counts as held',
    'I19',
    { fold: (ops, context) => foldRow(ops, { ...context, holds: () => true }) },
  ],
  [
    'what was named by other rows counts as missing',
    'I19',
    {
      fold: (ops, context) =>
        foldRow(ops, {
          ...context,
          holds: (s, d, n) => ops.some((op) => op.stream === s && op.device === d && op.n === n),
        }),
    },
  ],
  ['a group is shown as the member that was merged first', 'I12', { roots: firstSeenRoot }],
  ['coverage knows no ranges and calls everything below the highest number held', 'I14', { union: withoutRanges }],
  ['coverage knows no ranges and forgets what is above a gap', 'I14', { union: onlyBelowGap }],
  ['coverage claims too much, so that a delta leaves operations out', 'I16', { union: withoutRanges }],
  ['the clock does not follow those of others', 'I8', { followsClocks: false }],
  ['a restored backup goes on under its old tag', 'I15', { renewsTag: false }],
];

/** Production rules with a fault. */
export const withFault = (fault: Partial<Rules>): Rules => ({ ...PRODUCTION, ...fault });
