// How laws are cited in print: those of one title once, with all their articles, and nothing of how they came about.
import { expect, test } from 'vitest';
import { citationLines, citationsText } from '../../domain/reports/citation.ts';

const cite = (lawTitle: string, article: string, documentNo: string | null = null, verified = true) => ({
  lawTitle,
  article,
  documentNo,
  verified,
});

test('laws of one title are joined, each article once; notes of adoption and amendment are left out', () => {
  expect(
    citationLines([
      cite('排污许可管理条例', '第十四条', '国务院令第736号'),
      cite('大气污染防治法（2018修正）', '第二十条', '2018年10月26日第十三届全国人大常委会第六次会议修正'),
      cite('排污许可管理条例', '17', '国务院令第736号'),
      cite('大气污染防治法', '第二十条'),
      cite('固体废物污染环境防治法（2020年4月29日修订）', '第八十一条', '主席令第四十三号（2020）'),
      cite('某某标准（2020年通过）', '第三条', null, false),
    ]),
  ).toEqual([
    '《排污许可管理条例》（国务院令第736号）第十四条、第17条',
    '《大气污染防治法》第二十条',
    '《固体废物污染环境防治法》（主席令第四十三号）第八十一条',
    '《某某标准》',
  ]);
  expect(citationsText([])).toBe('－');
});
