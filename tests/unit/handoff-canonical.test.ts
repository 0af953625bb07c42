import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../domain/handoff/canonical.ts';

describe('canonical JSON', () => {
  it('would catch members in the order they were written, or sorted by code point instead of UTF-16 unit', () => {
    expect(canonicalJson({ b: 1, a: [true, null, -0], '\u{1F600}': 2, '\uFB33': 3 })).toBe(
      '{"a":[true,null,0],"b":1,"\u{1F600}":2,"\uFB33":3}',
    );
  });
  it('[I26] would catch text that does not come back: emoji, NUL, four-byte Han, right-to-left', () => {
    const value = { text: '\u0000\u001f"\\/\u{20BB7}\u{1F600}שלום 环保' };
    expect(JSON.parse(canonicalJson(value))).toEqual(value);
  });
  it.each([
    [0.5],
    [2 ** 53],
    [Number.NaN],
    [undefined],
    [new Date(0)],
    ['\ud800'],
    [{ a: undefined }],
    [new Array(1)],
    [1n],
  ])('would catch a value without one spelling: %s', (value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });
});
