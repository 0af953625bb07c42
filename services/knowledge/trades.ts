// Trades of the process library: what is usual in one, as hints; nothing is judged by them. Read once per folder of resources.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { industriesOf } from './industries.ts';

/** A step that is usual in a trade. */
export interface TradeStep {
  readonly seq: number;
  readonly process: string;
  readonly pollutionNode: string;
  readonly media: readonly string[];
  readonly pollutants?: readonly string[];
  readonly wasteCodes?: readonly string[];
  readonly facilities?: readonly string[];
  /** Codes of the checklist items that look at this step. */
  readonly focusItems?: readonly string[];
}

/** A trade. */
export interface Trade {
  readonly id: string;
  readonly name: string;
  readonly industryCodes: readonly string[];
  readonly objectKinds: readonly string[];
  readonly processes: readonly TradeStep[];
  readonly typicalFindings?: readonly string[];
  /** Codes of the checklist items that matter most in it. */
  readonly focusItems?: readonly string[];
}

interface Library {
  readonly trades: readonly Trade[];
  readonly codeNotes: readonly { readonly code: string; readonly name: string }[];
}

const libraries = new Map<string, Library>();

/** @param resources folder of the product's resources */
export function tradeLibrary(resources: string): Library {
  let library = libraries.get(resources);
  if (!library) {
    const file = join(resources, 'content', 'process-library.json');
    libraries.set(resources, (library = JSON.parse(readFileSync(file, 'utf8')) as Library));
  }
  return library;
}

/** What the trade of an enterprise follows from. */
export interface OfTrade {
  readonly objectKind: string;
  readonly industryCode: string | null;
}

const codes = new WeakMap<Trade, readonly string[]>();

/** Codes of a trade: those that the library gives, and the finer ones within them that its name means (电镀: 3360). */
function codesOf(resources: string, trade: Trade): readonly string[] {
  const known = codes.get(trade);
  if (known) return known;
  const finer = trade.name
    .split(/[与和及]/u)
    .flatMap((word) => industriesOf(resources).find(word, MANY))
    .map(({ code }) => code)
    .filter((code) => trade.industryCodes.some((own) => code.length > own.length && code.startsWith(own)));
  const all = [...new Set([...trade.industryCodes, ...finer])];
  codes.set(trade, all);
  return all;
}

/** More industries than a word is in. */
const MANY = 100;

/**
 * Trades that an enterprise may be of: those whose codes say most of its industry (casting is none of 3360), else those of its object
 * kind where that is no industry at large.
 */
export function tradesOf(resources: string, { objectKind, industryCode }: OfTrade): readonly Trade[] {
  const ofKind = tradeLibrary(resources).trades.filter((trade) => trade.objectKinds.includes(objectKind));
  const said = ofKind.map((trade) => {
    const fit = codesOf(resources, trade).filter((code) => industryCode?.startsWith(code));
    return { trade, digits: Math.max(0, ...fit.map((code) => code.length)) };
  });
  const most = Math.max(0, ...said.map(({ digits }) => digits));
  if (most > 0) return said.filter(({ digits }) => digits === most).map(({ trade }) => trade);
  return objectKind === 'industrial' ? [] : ofKind;
}

/** Why items of a checklist matter in the trades of an enterprise, by the item's code: the trade, and what its step gives off. */
export function focusOf(trades: readonly Trade[]): ReadonlyMap<string, string[]> {
  const focus = new Map<string, string[]>();
  const note = (code: string, why: string): void => {
    focus.set(code, [...(focus.get(code) ?? []), why]);
  };
  for (const { name, processes, focusItems = [] } of trades) {
    const ofSteps = new Set(processes.flatMap((step) => step.focusItems ?? []));
    for (const { process, pollutionNode, focusItems: codes = [] } of processes)
      for (const code of codes) note(code, `${name}：${process}（${pollutionNode}）`);
    for (const code of focusItems) if (!ofSteps.has(code)) note(code, `${name}的关注重点`);
  }
  return focus;
}
