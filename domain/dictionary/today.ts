// What a kind brings to Today: rows that want something done, each rule as data (breadth 7).
import type { Path, Template } from './facets.ts';
import type { Filter, HasCondition } from './filter.ts';

/** How soon something wants doing, the most urgent first: groups of Today stand in this order. */
export const SEVERITIES = ['late', 'due', 'work', 'watch'] as const;

export type TodayTone = 'red' | 'amber' | 'blue' | 'green' | 'violet' | 'plain';

/** What depends on the row: the first case whose filter holds. */
export type Cases<T extends string> = T | readonly { readonly when?: Filter; readonly is: T }[];

/**
 * Words of a row. Beside fields and columns of the list a template may name `{day}`, the day of the rule, and say how a day is written:
 * `{deadline:short}` as narrow columns do, `{day:left}` and `{day:past}` the days until and since, `{day:distance}` either in words.
 */
export type RowWords = Cases<Template>;

/** A group of Today: what stands over its rows. */
export interface TodayGroup {
  readonly id: string;
  readonly title: string;
  /** The rule in words, beside the title. */
  readonly rule: string;
  readonly severity: (typeof SEVERITIES)[number];
  readonly tone: TodayTone;
  /** Sign before the title. */
  readonly glyph: string;
  /** Said where there is nothing; without it only once something of the kind was recorded. */
  readonly none?: string;
  /** Every row is shown, however many there are. */
  readonly whole?: true;
  /** Rows of one rule stand after those of the other; without it all are in the order of their days. */
  readonly apart?: true;
}

/** A rule of Today: which rows of a kind, and what is said of them. */
export interface TodayRule extends TodayGroup {
  /** Kind of its rows. */
  readonly of: string;
  /** Group in which it stands with rules of other kinds; without it, it is a group of its own. */
  readonly group?: TodayGroup;
  readonly where: Filter;
  /** Day by which something is to be done, the first of these that is filled; rows are in its order. */
  readonly day: Path | readonly Path[];
  /** Order of rows with the same day. */
  readonly then?: Path;
  readonly text: RowWords;
  /** Way to the enterprise that the row is about; without it the row's own title names it. */
  readonly enterprise?: Path;
  /** Way to the person whose row it is; without it all are everybody's. */
  readonly owner?: Path;
  /** Who is named, where that is not the owner. */
  readonly who?: Path;
  /** Field that says the state, shown first where the kind has signs for its states. */
  readonly status?: Path;
  /** What stands first; the day without it. */
  readonly lead?: RowWords;
  /** The rule as it touches the row; its words without it. */
  readonly why?: RowWords;
  /** What stands last; how far the day is without it. */
  readonly tail?: RowWords;
  /** Tones of rows; that of the rule where no case holds. */
  readonly tones?: Cases<TodayTone>;
  /** What the rows that are not shown are counted by, those with most first; `ordered`: in the order of the rows. Else by owner. */
  readonly rest?: { readonly by: RowWords; readonly ordered?: true };
  /** Reference to the record that a row opens, where it is not the row's own page. */
  readonly opens?: Path;
  /** Address that a row opens, where its kind has no page. */
  readonly at?: string;
}

/** Defines a rule; it is listed in the definition of its kind. */
export const defineTodayRule = (rule: TodayRule): TodayRule => rule;

/** Red once this day is over. */
export const redAfter = (day: Path): Cases<TodayTone> => [
  { when: [{ field: day, op: 'lt', value: { today: 0 } }], is: 'red' },
];

/** What depends on a row as a list of cases, the last of which always holds. */
export type RowCases = readonly { readonly when?: Filter; readonly is: string }[];

/** All cases of what depends on a row; `otherwise` where none of them holds. */
export const casesOf = <T extends string>(given: Cases<T> | undefined, otherwise: T): RowCases =>
  given === undefined
    ? [{ is: otherwise }]
    : typeof given === 'string'
      ? [{ is: given }]
      : [...given, { is: otherwise }];

/** The days that decide when a row of a rule is due, the most telling first. */
export const daysOf = (rule: TodayRule): readonly Path[] => (typeof rule.day === 'string' ? [rule.day] : rule.day);

/** A group with the rules whose rows it shows. */
export interface RuledGroup {
  readonly group: TodayGroup;
  readonly rules: readonly TodayRule[];
}

/** The groups of rules, the most urgent first. */
export function groupsOf(rules: readonly TodayRule[]): RuledGroup[] {
  const groups = new Map<string, { group: TodayGroup; rules: TodayRule[] }>();
  for (const rule of rules) {
    const group = rule.group ?? rule;
    const known = groups.get(group.id);
    if (known) known.rules.push(rule);
    else groups.set(group.id, { group, rules: [rule] });
  }
  const rank = ({ group }: RuledGroup): number => SEVERITIES.indexOf(group.severity);
  return [...groups.values()].sort((a, b) => rank(a) - rank(b));
}

/** Rows of a rule that somebody put off, or with `not` those that nobody did. */
export const putOff = (rule: TodayRule, not?: true): HasCondition => ({
  has: 'todaySnooze',
  where: [
    { field: 'rule', op: 'eq', value: rule.id },
    { field: 'until', op: 'gt', value: { today: 0 } },
  ],
  ...(not && { not }),
});

/** A field in the words of a row, and how its day is written. */
export function rowToken(token: string): { path: Path; format: 'short' | 'left' | 'past' | 'distance' | null } {
  const [path = '', format = null] = token.split(':');
  return { path, format: format as ReturnType<typeof rowToken>['format'] };
}

/** Stands, in the words of a row, for the day of its rule. */
export const RULE_DAY = 'day';

/** All words that a rule says of its rows. */
export const wordsOfRule = (rule: TodayRule) => ({
  text: casesOf(rule.text, ''),
  lead: casesOf(rule.lead, `{${RULE_DAY}:short}`),
  why: casesOf(rule.why, rule.rule),
  tail: casesOf(rule.tail, DISTANCE),
  tone: casesOf(rule.tones, rule.tone),
});

/** How far the day of a rule is. */
const DISTANCE = `{${RULE_DAY}:distance}`;

/** What rows of a rule are counted by where they are not shown. */
export const restOfRule = (rule: TodayRule) => casesOf(rule.rest?.by, rule.owner ? `{${rule.owner}|未分配}` : '');
