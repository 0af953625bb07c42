// Letters of the content as papers: nothing of their words is lost, no placeholder is left, and their code says what they say.
import { expect, test } from 'vitest';
import { pathsOfBlocks, placesOf, fieldAt, PAPER_OWN } from '../../domain/papers.ts';
import { entityNamed, PAPERS } from '../../domain/entities.ts';
import { placeholdersOf } from '../../domain/letters/letter.ts';
import { codePicture } from '../../services/documents/blocks/code.ts';
import { lettersIn, withLetter } from '../../services/letters/index.ts';
import { readCode } from '../support/qr.ts';

const letterPapers = PAPERS.filter(({ letter }) => letter !== null);
const letters = new Map(lettersIn('resources').map((letter) => [letter.id, letter]));

test('papers that print a letter are there', () => {
  expect(letterPapers.map(({ id }) => id)).toContain('visit_card');
});

test.each(letterPapers.map((paper) => [paper.id, paper] as const))(
  '%s fills each placeholder of its letter, and no other',
  (_, paper) => {
    const letter = letters.get(paper.letter?.id ?? '');
    expect(letter && placeholdersOf(letter).sort()).toEqual(Object.keys(paper.letter?.words ?? {}).sort());
  },
);

test.each(letterPapers.map((paper) => [paper.id, paper] as const))('%s names fields that there are', (_, paper) => {
  const entity = entityNamed(paper.of);
  for (const named of pathsOfBlocks(withLetter('resources', paper).blocks)) {
    const own = (PAPER_OWN as readonly string[]).includes(named.path);
    expect([named.path, own || placesOf(named).some((path) => fieldAt(entity, path.split('.')) !== null)]).toEqual([
      named.path,
      true,
    ]);
  }
});

test('a code of a whole page of Chinese is read back letter by letter', async () => {
  const text = Array.from({ length: 12 }, (_, n) => `第${n + 1}行：受华漕镇人民政府委托，提供环保管家服务。`).join(
    '\n',
  );
  expect(await readCode(await codePicture(text))).toBe(text);
});
