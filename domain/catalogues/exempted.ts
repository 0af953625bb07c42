// Whether the total amount of a project is exempt, by the rules in force on its day, and by which (capability FX-07). Pure.
import { pollutantName } from '../monitoring/pollutants.ts';
import { compareDecimals } from '../values/decimal.ts';
import { codesIn } from './classify.ts';

/** What is asked of a rule. */
export interface RuleFacts {
  readonly code: string;
  readonly pollutant: string;
  /** Tonnes a year. */
  readonly threshold: string;
  readonly isInclusive: boolean;
  readonly industryCodes: string | null;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** What is asked of an amount: tonnes a year, of a project that was approved (or is looked at) on `day`. */
export interface AmountFacts {
  readonly pollutant: string;
  readonly amount: string | null;
  readonly industryCode: string | null;
  readonly day: string;
}

/** `exempt` names the rule; `needed`: rules are there and none spares it; `unjudged`: no rule for it on that day, or no amount. */
export interface Exempted {
  readonly exemption: 'exempt' | 'needed' | 'unjudged';
  readonly exemptBy: string | null;
}

const isFor = (rule: RuleFacts, { pollutant, industryCode, day }: AmountFacts): boolean => {
  const codes = codesIn(rule.industryCodes);
  return (
    pollutantName(rule.pollutant) === pollutantName(pollutant) &&
    rule.validFrom <= day &&
    (rule.validTo === null || rule.validTo >= day) &&
    (codes.length === 0 || codes.some((code) => industryCode?.startsWith(code)))
  );
};

const spares = ({ threshold, isInclusive }: RuleFacts, amount: string): boolean => {
  const order = compareDecimals(amount, threshold);
  return order < 0 || (order === 0 && isInclusive);
};

/** Judges an amount; of several rules that spare it the first by number is named. */
export function exemptedBy(rules: readonly RuleFacts[], asked: AmountFacts): Exempted {
  const inForce = rules.filter((rule) => isFor(rule, asked)).toSorted((a, b) => (a.code < b.code ? -1 : 1));
  const { amount } = asked;
  if (inForce.length === 0 || amount === null) return { exemption: 'unjudged', exemptBy: null };
  const found = inForce.find((rule) => spares(rule, amount));
  return found ? { exemption: 'exempt', exemptBy: found.code } : { exemption: 'needed', exemptBy: null };
}
