// What follows from an import, in sentences for its end: what was taken on trust, and what still waits for a person.

/** Counts that the sentences are made of. */
export interface FollowCounts {
  readonly duplicates: number;
  readonly waiting: number;
  readonly codesInDoubt: number;
  readonly withoutCode: number;
  readonly above: number;
}

/** What a person still has to look at after an import; empty where nothing. */
export function followText(counts: FollowCounts): string[] {
  const said: readonly (readonly [number, (n: number) => string])[] = [
    [counts.codesInDoubt, (n) => `${n} 家的信用代码有误，原文在“待核代码”里，请对照执照改正`],
    [counts.withoutCode, (n) => `${n} 家没有信用代码，请补填或写明原因`],
    [counts.waiting, (n) => `${n} 行有值与在册不同，留了原值，新值待定`],
    [counts.duplicates, (n) => `${n} 行疑似重复，在企业名单的“疑似重复”里核对`],
    [counts.above, (n) => `表头上方有 ${n} 行像数据，没有导入，请核对表头`],
  ];
  return said.flatMap(([n, text]) => (n > 0 ? [text(n)] : []));
}
