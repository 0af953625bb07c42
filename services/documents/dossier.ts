// 一企一档: the file of an enterprise in Word (domain reference 5.4).
import type { FileChild } from 'docx';
import { personText, phoneText, type Contacts } from '../../domain/reports/masking.ts';
import { chineseNumber, dayText, orDash } from '../../domain/reports/words.ts';
import { packDocument } from './layout/document.ts';
import { formTable, gap, line, pairRow, signed, wideRow } from './layout/form.ts';
import { TEXT_WIDTH } from './layout/page.ts';
import { captionParagraph, headingParagraph, titleParagraphs } from './layout/paragraphs.ts';
import { listTable, type GridRow } from './layout/table.ts';
import { createTheme, type LayoutOptions, type Theme } from './layout/theme.ts';

/** A fact with its label; `long` takes a row of its own; `personal` is masked unless contacts are shown. */
export interface DossierFact { readonly label: string; readonly value: string; readonly long?: boolean; readonly personal?: boolean }

/** A list of a section; cells as they are printed. */
export interface DossierTable {
  readonly caption: string;
  readonly columns: readonly { readonly heading: string; readonly weight: number; readonly align?: 'left' | 'center'; readonly personal?: boolean }[];
  readonly rows: readonly (readonly string[])[];
}

/** A section: facts, then lists. One without either prints that nothing is there yet. */
export interface DossierSection { readonly title: string; readonly facts: readonly DossierFact[]; readonly tables: readonly DossierTable[]; readonly missing: readonly string[] }

/** What a dossier prints: plain JSON; labels in Chinese, days `YYYY-MM-DD`. */
export interface DossierData {
  readonly orgName: string;
  readonly compiledOn: string;
  readonly compiledBy: string;
  readonly enterprise: { readonly name: string; readonly creditCode: string | null; readonly internalCode: string; readonly address: string | null };
  /** Fields that a complete file has, and how many of them this one has. */
  readonly completeness: { readonly filled: number; readonly required: number };
  readonly sections: readonly DossierSection[];
}

/** Options of the dossier. */
export interface DossierOptions extends LayoutOptions {
  /** Persons and phones; default `masked`. */
  readonly contacts?: Contacts;
}

const NOTHING = '暂无资料（待补充）。';

/** The dossier as a Word document: a cover with an overview, then the sections. */
export async function dossier(data: DossierData, options: DossierOptions = {}): Promise<Uint8Array> {
  const theme = createTheme({ bodySize: 12, ...options });
  const contacts = options.contacts ?? 'masked';
  return await packDocument(theme, { title: `一企一档（${data.enterprise.name}）`, orgName: data.orgName }, [
    { orientation: 'portrait', children: cover(theme, data) },
    { orientation: 'portrait', children: data.sections.flatMap((section, index) => sectionChildren(theme, section, index + 1, contacts)) },
  ]);
}

const numbered = (section: DossierSection, number: number): string => `${chineseNumber(number)}、${section.title}`;

/** What a section holds, in a few words. */
function holds(section: DossierSection): string {
  const lists = section.tables.filter((table) => table.rows.length > 0).map((table) => `${table.caption} ${table.rows.length}`);
  return [...(section.facts.length > 0 ? [`${section.facts.length} 个字段`] : []), ...lists].join('，') || '暂无资料';
}

function cover(theme: Theme, data: DossierData): FileChild[] {
  const { enterprise: e, completeness } = data;
  return [
    ...titleParagraphs(theme, '一企一档', e.name),
    formTable(theme, [
      wideRow('单位名称', e.name), pairRow('信用代码', e.creditCode ?? '不详', '内部编号', e.internalCode), wideRow('地址', e.address ?? '不详'),
      pairRow('编制单位', orDash(data.orgName), '编制人', orDash(data.compiledBy)), pairRow('编制日期', dayText(data.compiledOn), '建档字段', `${completeness.filled}/${completeness.required}`),
    ]),
    gap(theme, 10, true), captionParagraph(theme, '目录', 'above'),
    listTable(theme, [{ heading: '部分', weight: 5 }, { heading: '内容', weight: 9 }, { heading: '待补充', weight: 2, align: 'center' }],
      data.sections.map((section, index) => [numbered(section, index + 1), holds(section), section.missing.length > 0 ? `${section.missing.length} 项` : '－']), TEXT_WIDTH.portrait),
    ...signed(theme, data.orgName, data.compiledOn),
  ];
}

function factRows(facts: readonly DossierFact[], contacts: Contacts): GridRow[] {
  const text = (fact: DossierFact): string => (fact.personal ? personText(fact.value, contacts) : phoneText(fact.value, contacts));
  const rows: GridRow[] = [];
  let waiting: DossierFact | null = null;
  for (const fact of facts) {
    if (fact.long) {
      if (waiting) rows.push(wideRow(waiting.label, text(waiting)));
      waiting = null;
      rows.push(wideRow(fact.label, text(fact)));
    } else if (waiting) {
      rows.push(pairRow(waiting.label, text(waiting), fact.label, text(fact)));
      waiting = null;
    } else waiting = fact;
  }
  if (waiting) rows.push(wideRow(waiting.label, text(waiting)));
  return rows;
}

function sectionChildren(theme: Theme, section: DossierSection, number: number, contacts: Contacts): FileChild[] {
  const tables = section.tables.filter((table) => table.rows.length > 0);
  const isEmpty = section.facts.length === 0 && tables.length === 0;
  return [
    headingParagraph(theme, 1, numbered(section, number)),
    ...(isEmpty ? [line(theme, NOTHING, { indent: true })] : []),
    ...(section.facts.length > 0 ? [formTable(theme, factRows(section.facts, contacts)), gap(theme)] : []),
    ...tables.flatMap((table) => [captionParagraph(theme, table.caption, 'above'), listTable(theme, table.columns,
      table.rows.map((row) => row.map((cell, index) => (table.columns[index]?.personal ? personText(cell, contacts) : phoneText(cell, contacts)))), TEXT_WIDTH.portrait), gap(theme)]),
    ...(section.missing.length > 0 ? [line(theme, `待补充：${section.missing.join('、')}。`, { indent: true })] : []),
  ];
}
