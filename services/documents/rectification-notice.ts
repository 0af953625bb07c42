// 整改建议单 and 整改通知单 with their 整改回执 (domain reference 5.3).
import { PageBreak, Paragraph, type FileChild } from 'docx';
import { citationsText, type Citation } from '../../domain/reports/citation.ts';
import type { PhotoRef } from '../../domain/reports/figures.ts';
import { personText, phoneText, type Contacts } from '../../domain/reports/masking.ts';
import { dayText, orDash, orUnknown, withoutStop } from '../../domain/reports/words.ts';
import { DocumentError } from './errors.ts';
import { packDocument } from './layout/document.ts';
import { formTable, gap, line, pairRow, photoRows, signatureTable, signed, wideRow } from './layout/form.ts';
import { resolvePhotos, type PhotoBytes } from './layout/picture.ts';
import { mm, TEXT_WIDTH } from './layout/page.ts';
import { titleParagraphs } from './layout/paragraphs.ts';
import { listTable } from './layout/table.ts';
import { createTheme, type LayoutOptions, type Theme } from './layout/theme.ts';

/** One finding of a notice; labels in Chinese, days `YYYY-MM-DD`. */
export interface NoticeFinding {
  readonly no: string;
  readonly category: string | null;
  /** 即知即改, 限期整改 or 重大问题. */
  readonly handlingClass: string;
  readonly location: string | null;
  readonly description: string;
  readonly photos: readonly PhotoRef[];
  /** Why there is no photo. */
  readonly photoExemptReason?: string | null;
  readonly legalBasis: readonly Citation[];
  readonly suggestion: string | null;
  readonly measure: string | null;
  readonly responsible: string | null;
  readonly deadline: string | null;
  /** What has been done, when the notice is printed again after rectification. */
  readonly after?: { readonly text: string | null; readonly photos: readonly PhotoRef[] };
}

/** What a notice prints: plain JSON; photos are named by id. */
export interface RectificationNoticeData {
  /** `advice`: the consultant's 整改建议单; `notice`: 整改通知单 bearing the client's name. */
  readonly kind: 'advice' | 'notice';
  /** Whether the client agreed to a notice in its name; a `notice` without it is refused. */
  readonly clientAgreed?: boolean;
  readonly no: string;
  readonly issuedDate: string | null;
  readonly clientName: string | null;
  readonly orgName: string;
  readonly enterprise: {
    readonly name: string; readonly creditCode: string | null; readonly address: string | null;
    readonly contact?: string | null; readonly phone?: string | null;
  };
  readonly visitDate: string | null;
  readonly round: string | null;
  readonly inspectors: readonly string[];
  readonly findings: readonly NoticeFinding[];
  /** Which rule is at stake, in plain words; one sentence each. */
  readonly consequences: readonly string[];
  readonly feedback: { readonly person: string | null; readonly phone: string | null; readonly other?: string | null };
  readonly replyBy: string | null;
  /** How the enterprise took it: signed on screen, signed by name, or refused. */
  readonly acknowledged?: {
    readonly signature?: PhotoRef | null; readonly name?: string | null; readonly date?: string | null; readonly refusedReason?: string | null;
  };
}

/** Options of the notice. */
export interface RectificationNoticeOptions extends LayoutOptions {
  readonly photos?: PhotoBytes;
  /** Whether the enterprise's persons and phones are shown; the feedback channel always is. Default `shown`: it is their own paper. */
  readonly contacts?: Contacts;
}

/**
 * The notice and its receipt as a Word document.
 * @throws DocumentError NOTICE_WITHOUT_CONSENT, NOTICE_WITHOUT_FINDINGS
 */
export async function rectificationNotice(data: RectificationNoticeData, options: RectificationNoticeOptions = {}): Promise<Uint8Array> {
  if (data.kind === 'notice' && data.clientAgreed !== true) throw new DocumentError('NOTICE_WITHOUT_CONSENT');
  if (data.findings.length === 0) throw new DocumentError('NOTICE_WITHOUT_FINDINGS');
  const theme = createTheme({ bodySize: 12, ...options });
  const contacts = options.contacts ?? 'shown';
  const children: FileChild[] = [
    ...head(theme, data, contacts),
    ...(await findingTables(theme, data, options, contacts)),
    ...(await closing(theme, data, options)),
    new Paragraph({ children: [new PageBreak()] }),
    ...(await receipt(theme, data)),
  ];
  const title = `${titleOf(data)}（${data.enterprise.name}）`;
  return packDocument(theme, { title, orgName: data.orgName }, [{ orientation: 'portrait', children }]);
}

function titleOf(data: RectificationNoticeData): string {
  return data.kind === 'advice' ? '整改建议单' : '整改通知单';
}

function head(theme: Theme, data: RectificationNoticeData, contacts: Contacts): FileChild[] {
  const { enterprise } = data;
  const contact = [enterprise.contact && personText(enterprise.contact, contacts), enterprise.phone && phoneText(enterprise.phone, contacts)].filter(Boolean).join('　');
  const lead = data.kind === 'advice' ? '' : `受${data.clientName ?? '委托方'}委托，`;
  return [
    ...titleParagraphs(theme, titleOf(data)),
    line(theme, `编号：${orDash(data.no)}`, { align: 'right', keepNext: true }),
    formTable(theme, [
      wideRow('单位名称', enterprise.name),
      pairRow('信用代码', orUnknown(enterprise.creditCode), '检查日期', dayText(data.visitDate)),
      wideRow('地址', orUnknown(enterprise.address)),
      pairRow('检查轮次', orDash(data.round), '检查人员', data.inspectors.length > 0 ? data.inspectors.join('、') : '不详'),
      pairRow('委托方', orDash(data.clientName), '联系人', contact || '不详'),
    ]),
    gap(theme),
    line(theme, `${lead}我单位${data.visitDate ? `于${dayText(data.visitDate)}` : ''}对贵单位进行环保现场检查，发现问题${data.findings.length}项，详见下表。建议按整改建议落实整改，并在整改时限前完成。`, { indent: true }),
    gap(theme),
  ];
}

async function findingTables(theme: Theme, data: RectificationNoticeData, options: RectificationNoticeOptions, contacts: Contacts): Promise<FileChild[]> {
  const children: FileChild[] = [];
  for (const [index, finding] of data.findings.entries()) {
    const heading = [`问题${index + 1}`, finding.handlingClass, finding.category, finding.no].filter(Boolean).join('　');
    const advice = [finding.suggestion, finding.measure && finding.measure !== finding.suggestion ? `措施：${finding.measure}` : null].filter(Boolean).join('\n');
    const after = finding.after;
    children.push(formTable(theme, [
      { cells: [{ content: heading, head: true, span: 5, align: 'left' }], keepNext: true },
      wideRow('问题描述', `${finding.location ? `位置：${finding.location}\n` : ''}${finding.description}`, { keepNext: true }),
      ...(await photoRows(theme, '现场照片', resolvePhotos(finding.photos, options.photos), finding.photoExemptReason ? `无照片（${finding.photoExemptReason}）` : '无照片')),
      wideRow('法规依据', citationsText(finding.legalBasis)),
      wideRow('整改建议', advice || '－'),
      pairRow('责任人', finding.responsible ? personText(finding.responsible, contacts) : '不详', '整改时限', finding.deadline ? dayText(finding.deadline) : '即知即改'),
      ...(after
        ? [wideRow('整改情况', orDash(after.text)), ...(await photoRows(theme, '整改后\n照片', resolvePhotos(after.photos, options.photos), '无照片'))]
        : [wideRow('整改情况\n及照片', '', { minHeight: mm(18) })]),
    ]), gap(theme));
  }
  return children;
}

async function closing(theme: Theme, data: RectificationNoticeData, options: RectificationNoticeOptions): Promise<FileChild[]> {
  const taken = data.acknowledged;
  const [image] = taken?.signature ? resolvePhotos([taken.signature], options.photos) : [];
  const consequences = data.consequences.filter((sentence) => sentence.trim() !== '');
  const { person, phone, other } = data.feedback;
  const channel = [person && `联系人${person}`, phone && `电话${phone}`, other].filter(Boolean).join('，');
  const numbered = (sentence: string, index: number): string => `${consequences.length > 1 ? `${index + 1}.` : ''}${withoutStop(sentence)}。`;
  return [
    ...(consequences.length > 0 ? [
      line(theme, '提示：', { indent: true, use: 'heading1', keepNext: true }),
      ...consequences.map((sentence, index) => line(theme, numbered(sentence, index), { indent: true })),
    ] : []),
    line(theme, `反馈渠道：${channel || '不详'}。${data.replyBy ? `请于${dayText(data.replyBy)}前反馈整改情况。` : '请及时反馈整改情况。'}`, { indent: true }),
    line(theme, '本单一式三份：企业、委托方、服务单位各一份。', { indent: true, keepNext: true }),
    gap(theme, 6, true),
    await signatureTable(theme, [
      {
        label: '企业接收人（签字、盖章）：', image: image ?? null, day: taken?.date ?? null,
        names: taken?.refusedReason ? `拒签，原因：${taken.refusedReason}` : taken?.name ?? '',
      },
      { label: '检查人员（签字）：' },
      { label: '村居（园区）人员（签字）：' },
    ]),
    gap(theme),
    ...signed(theme, data.kind === 'notice' && data.clientName ? data.clientName : data.orgName, data.issuedDate),
  ];
}

async function receipt(theme: Theme, data: RectificationNoticeData): Promise<FileChild[]> {
  return [
    ...titleParagraphs(theme, '整改回执'),
    line(theme, `对应${titleOf(data)}编号：${orDash(data.no)}`, { keepNext: true }),
    line(theme, `单位名称：${data.enterprise.name}`, { keepNext: true }),
    gap(theme),
    listTable(theme, [
      { heading: '序号', weight: 1.2, align: 'center' }, { heading: '问题', weight: 6 }, { heading: '整改时限', weight: 2.6, align: 'center' },
      { heading: '完成日期', weight: 2.6, align: 'center' }, { heading: '整改情况及佐证材料', weight: 5 },
    ], data.findings.map((finding, index) => [
      String(index + 1), finding.description, finding.deadline ? dayText(finding.deadline).replace('年', '年\n') : '即知即改', '', '',
    ]), TEXT_WIDTH.portrait, { minHeight: mm(16) }),
    gap(theme),
    await signatureTable(theme, [{ label: '企业（盖章）：', lines: ['负责人（签字）：', ''] }]),
    gap(theme),
    await signatureTable(theme, [{ label: '复核意见：　□通过　　□退回\n退回原因：', lines: ['复核人员（签字）：'] }]),
  ];
}
