// The score of a checklist and the level that it proposes (rule of the content library; domain reference 2.8d). A person decides.
import { percent } from '../statistics/percent.ts';

/** How answers count, and from where on a level begins; kept with each checklist. */
export interface ScoringRule {
  readonly results: readonly { readonly id: string; readonly factor: number | null }[];
  /** So much of the weight of what applies must be checked, or the level is provisional. */
  readonly minCheckedRatio: number;
  readonly levels: readonly { readonly id: string; readonly name: string; readonly rule: string }[];
  readonly thresholds: { readonly good: number; readonly fair: number };
  /** Whatever the score is, an answer like this forces a level until its finding is rectified. */
  readonly veto: { readonly handlingClass: string; readonly result: string; readonly forcesLevel: string };
  readonly formula: string;
  readonly note?: string;
}

/** An answer as the score sees it. */
export interface ScoredItem {
  readonly weight: number;
  readonly handlingClass: string;
  readonly result: string;
  /** What was found on it is rectified. */
  readonly rectified: boolean;
}

/** A score: hundredths reached of those that could be, and the level. */
export interface Score {
  /** `86.4%`; `－` while nothing is checked. */
  readonly rate: string;
  /** Null while nothing is checked. */
  readonly level: string | null;
  /** Too little is checked for the level to hold. */
  readonly provisional: boolean;
}

/** Factors are hundredths: whole numbers are compared, not what is printed. */
const HUNDREDTHS = 100;

function levelOf(rule: ScoringRule, reached: number, possible: number, items: readonly ScoredItem[]): string {
  const vetoed = items.filter((i) => i.handlingClass === rule.veto.handlingClass && i.result === rule.veto.result);
  const atLeast = (threshold: number): boolean => reached >= threshold * possible;
  if (vetoed.some((item) => !item.rectified) || !atLeast(rule.thresholds.fair)) return rule.veto.forcesLevel;
  return vetoed.length === 0 && atLeast(rule.thresholds.good) ? 'good' : 'fair';
}

/** Scores the items of one checklist. */
export function scoreOf(rule: ScoringRule, items: readonly ScoredItem[]): Score {
  const factors = new Map(rule.results.map((r) => [r.id, r.factor]));
  const counted = items.filter((item) => typeof factors.get(item.result) === 'number');
  const applying = items.filter((item) => item.result !== 'not_applicable');
  const weigh = (of: readonly ScoredItem[]): number => of.reduce((sum, item) => sum + item.weight, 0);
  const possible = weigh(counted);
  if (possible === 0) return { rate: percent(0, 0), level: null, provisional: true };
  const reached = counted.reduce(
    (sum, item) => sum + item.weight * Math.round((factors.get(item.result) ?? 0) * HUNDREDTHS),
    0,
  );
  return {
    rate: percent(reached, possible * HUNDREDTHS),
    level: levelOf(rule, reached, possible, items),
    provisional: possible < rule.minCheckedRatio * weigh(applying),
  };
}

/** Reads the rule that a checklist keeps; null for one without. */
export const scoringRule = (kept: string | null): ScoringRule | null =>
  kept ? (JSON.parse(kept) as ScoringRule) : null;
