// 培训签到表 and 培训总结 (domain reference 5.8).
import type { FileChild } from 'docx';
import type { PhotoRef } from '../../domain/reports/figures.ts';
import { maskPersons, phoneText, type Contacts } from '../../domain/reports/masking.ts';
import { chineseNumber, dayText, orDash, orUnknown, withoutStop } from '../../domain/reports/words.ts';
import { packDocument } from './layout/document.ts';
import { formTable, gap, line, pairRow, signed, wideRow } from './layout/form.ts';
import { resolvePhotos, type PhotoBytes } from './layout/picture.ts';
import { mm, TEXT_WIDTH, type DocumentPart } from './layout/page.ts';
import { headingParagraph, titleParagraphs } from './layout/paragraphs.ts';
import { photoGrid } from './layout/photo-grid.ts';
import { listTable } from './layout/table.ts';
import { createTheme, type LayoutOptions, type Theme } from './layout/theme.ts';

/** A person on the sign-in sheet; a signature is left blank for the pen. */
export interface Attendee {
  readonly unit: string | null;
  readonly name: string | null;
  readonly post: string | null;
  readonly phone: string | null;
}

/** What the sheet and the summary print: plain JSON; labels in Chinese, days `YYYY-MM-DD`. */
export interface TrainingData {
  readonly title: string;
  readonly kind: string | null;
  readonly date: string | null;
  readonly hours: string | null;
  readonly place: string | null;
  readonly trainer: string | null;
  readonly orgName: string;
  readonly audience: string | null;
  readonly attendees: readonly Attendee[];
  /** Empty lines after the attendees. */
  readonly blankRows?: number;
  /** Given once the training has been held; prints the summary after the sheet. */
  readonly summary?: {
    readonly invited: number | null;
    /** Distinct enterprises. */
    readonly attended: number;
    readonly persons: number;
    /** As printed; with its numerator and denominator beside it. */
    readonly coverage: string | null;
    readonly content: readonly string[];
    readonly questions: readonly string[];
    readonly assessment: string | null;
    readonly improvements: readonly string[];
    readonly photos: readonly PhotoRef[];
    readonly materials: readonly string[];
    readonly issuedOn: string | null;
  };
}

/** Options of the sheet. */
export interface TrainingOptions extends LayoutOptions {
  readonly photos?: PhotoBytes;
  /** Default `masked`; a sheet to be signed on paper is printed with `shown`. */
  readonly contacts?: Contacts;
}

/** Sign-in sheet, and the summary when there is one. */
export async function trainingSignIn(data: TrainingData, options: TrainingOptions = {}): Promise<Uint8Array> {
  const theme = createTheme({ bodySize: 14, ...options });
  const parts: DocumentPart[] = [];
  if (data.summary) parts.push({ orientation: 'portrait', children: await summary(theme, data, options) });
  parts.push({ orientation: 'portrait', children: sheet(theme, data, options.contacts ?? 'masked') });
  return packDocument(theme, { title: `${data.title}${data.summary ? '培训总结' : '培训签到表'}`, orgName: data.orgName }, parts);
}

function sheet(theme: Theme, data: TrainingData, contacts: Contacts): FileChild[] {
  const blank = Array.from({ length: data.blankRows ?? (data.attendees.length === 0 ? 15 : 3) }, () => ['', '', '', '', '']);
  const rows = [
    ...data.attendees.map((person) => [
      orDash(person.unit), person.name ? (contacts === 'shown' ? person.name : maskPersons(person.name)) : '－',
      orDash(person.post), person.phone ? phoneText(person.phone, contacts) : '－', '',
    ]),
    ...blank,
  ];
  return [
    ...titleParagraphs(theme, '培训签到表'),
    formTable(theme, [
      wideRow('培训主题', data.title),
      pairRow('时间', `${dayText(data.date)}${data.hours ? `（${data.hours}学时）` : ''}`, '地点', orUnknown(data.place)),
      pairRow('授课人', orUnknown(data.trainer), '组织单位', data.orgName),
    ]),
    gap(theme),
    listTable(theme, [
      { heading: '序号', weight: 1.2, align: 'center' }, { heading: '单位', weight: 5 }, { heading: '姓名', weight: 2, align: 'center' },
      { heading: '职务', weight: 2, align: 'center' }, { heading: '电话', weight: 3, align: 'center' }, { heading: '签名', weight: 3 },
    ], rows.map((row, index) => [String(index + 1), ...row]), TEXT_WIDTH.portrait, { minHeight: mm(9) }),
  ];
}

async function summary(theme: Theme, data: TrainingData, options: TrainingOptions): Promise<FileChild[]> {
  const s = data.summary;
  if (!s) return [];
  const contacts = options.contacts ?? 'masked';
  let number = 0;
  const heading = (text: string): FileChild => headingParagraph(theme, 1, `${chineseNumber((number += 1))}、${text}`);
  const text = (value: string): FileChild => line(theme, phoneText(value, contacts), { indent: true });
  const lines = (values: readonly string[], none: string): FileChild[] => {
    const given = values.filter((value) => value.trim() !== '');
    return given.length === 0 ? [text(none)] : given.map((value, index) => text(`${given.length > 1 ? `${index + 1}.` : ''}${withoutStop(value)}。`));
  };
  const coverage = s.coverage && s.invited ? `，覆盖率${s.coverage}（${s.attended}/${s.invited}）` : '';
  const photos = resolvePhotos(s.photos, options.photos);
  return [
    ...titleParagraphs(theme, `${data.title}培训总结`),
    heading('基本情况'),
    text(`${dayText(data.date)}在${data.place ?? '（地点不详）'}组织“${data.title}”培训${data.kind ? `（${data.kind}）` : ''}，授课人${orUnknown(data.trainer)}，培训对象为${orUnknown(data.audience)}。`
      + `应到企业${s.invited ?? '不详'}${s.invited === null ? '' : '家'}，实到${s.attended}家、${s.persons}人次${coverage}。`),
    heading('培训内容'), ...lines(s.content, '培训内容待补充。'),
    heading('现场互动与答疑'), ...lines(s.questions, '无现场提问。'),
    heading('考核与满意度'), text(s.assessment?.trim() ? `${withoutStop(s.assessment)}。` : '本次未组织考核。'),
    heading('问题与改进'), ...lines(s.improvements, '无。'),
    heading('现场照片'), ...(photos.length > 0 ? [await photoGrid(theme, photos, TEXT_WIDTH.portrait), gap(theme)] : [text('无照片。')]),
    line(theme, `附件：${['培训签到表', ...s.materials].map((name, index, all) => (all.length > 1 ? `${index + 1}.${name}` : name)).join('　')}`, { indent: true, keepNext: true }),
    ...signed(theme, data.orgName, s.issuedOn ?? data.date),
  ];
}
