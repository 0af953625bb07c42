// 环保管家现场检查记录表 (domain reference 5.2).
import type { FileChild } from 'docx';
import type { PhotoRef } from '../../domain/reports/figures.ts';
import { personText, phoneText, type Contacts } from '../../domain/reports/masking.ts';
import { dayText, orDash, orUnknown } from '../../domain/reports/words.ts';
import { packDocument } from './layout/document.ts';
import { formTable, gap, line, pairRow, signatureTable, wideRow } from './layout/form.ts';
import { resolvePhotos, type PhotoBytes } from './layout/picture.ts';
import { TEXT_WIDTH } from './layout/page.ts';
import { headingParagraph, titleParagraphs } from './layout/paragraphs.ts';
import { photoGrid } from './layout/photo-grid.ts';
import { gridTable, gridWidths, listTable, type GridRow } from './layout/table.ts';
import { createTheme, type LayoutOptions, type Theme } from './layout/theme.ts';

/** An answered item; `result` in Chinese: 符合, 部分符合, 不符合, 不适用 or 未检查. */
export interface RecordItem {
  readonly text: string;
  readonly result: string;
  readonly remark: string | null;
}

/** What a record prints: plain JSON; labels in Chinese, days `YYYY-MM-DD`. */
export interface InspectionRecordData {
  readonly no: string | null;
  readonly round: string | null;
  readonly date: string | null;
  /** 09:30-11:20 */
  readonly time: string | null;
  readonly orgName: string;
  readonly enterprise: {
    readonly name: string; readonly creditCode: string | null; readonly address: string | null; readonly objectKind: string | null;
    readonly industry: string | null; readonly operatingStatus: string | null; readonly contact: string | null; readonly phone: string | null;
    readonly permitClass: string | null; readonly permitNo: string | null; readonly permitEnd: string | null;
    readonly eia: string | null; readonly acceptance: string | null;
  };
  readonly accompanying: readonly string[];
  /** All purposes that exist, and whether this visit has them. */
  readonly purposes: readonly { readonly label: string; readonly checked: boolean }[];
  readonly aspects: readonly { readonly title: string; readonly items: readonly RecordItem[] }[];
  /** Key quantities with their unit: production load, stock of hazardous waste, running of facilities. */
  readonly quantities: readonly { readonly label: string; readonly value: string | null }[];
  readonly findings: readonly { readonly no: string; readonly description: string; readonly handlingClass: string; readonly deadline: string | null }[];
  readonly previous: readonly { readonly no: string; readonly description: string; readonly result: string | null }[];
  readonly guidance: string | null;
  readonly photos: readonly PhotoRef[];
  readonly enterpriseOpinion: string | null;
  readonly inspectors: readonly string[];
  readonly refusedSign?: { readonly reason: string | null } | null;
  /** The enterprise's representative who signed; the image where it was signed on screen. */
  readonly signer?: { readonly name: string | null; readonly post: string | null; readonly phone?: string | null; readonly date: string | null; readonly signature?: PhotoRef | null };
}

/** Options of the record. */
export interface InspectionRecordOptions extends LayoutOptions {
  readonly photos?: PhotoBytes;
  /** Persons and phones of the enterprise; default `shown`: it is their own paper. */
  readonly contacts?: Contacts;
}

/** The record as a Word document. */
export async function inspectionRecord(data: InspectionRecordData, options: InspectionRecordOptions = {}): Promise<Uint8Array> {
  const theme = createTheme({ bodySize: 12, ...options });
  const contacts = options.contacts ?? 'shown';
  let number = 0;
  const heading = (text: string): FileChild => headingParagraph(theme, 1, `${'一二三四五六七八九十'[number++] ?? ''}、${text}`);
  const photos = resolvePhotos(data.photos, options.photos);
  const children: FileChild[] = [
    ...titleParagraphs(theme, '环保管家现场检查记录表'),
    heading('基本情况'), basics(theme, data, contacts),
    heading('检查目的'), line(theme, data.purposes.map((purpose) => `${purpose.checked ? '☑' : '□'}${purpose.label}`).join('　'), { indent: true }),
    heading('检查内容'), ...checks(theme, data),
    heading('关键数据'), ...quantities(theme, data),
    heading('发现的问题'),
    ...list(theme, [['序号', 1], ['编号', 3], ['问题描述', 7], ['处理类别', 2], ['整改时限', 2.6]],
      data.findings.map((finding, index) => [String(index + 1), finding.no, finding.description, finding.handlingClass, finding.deadline ? dayText(finding.deadline).replace('年', '年\n') : '－']),
      '本次检查未发现问题。'),
    heading('以往问题复核'),
    ...list(theme, [['序号', 1], ['编号', 3], ['问题描述', 7], ['复核结果', 3]],
      data.previous.map((finding, index) => [String(index + 1), finding.no, finding.description, orDash(finding.result)]), '无待复核的以往问题。'),
    heading('现场指导'), line(theme, data.guidance?.trim() ? phoneText(data.guidance, contacts) : '无。', { indent: true }),
    heading('现场照片'), ...(photos.length > 0 ? [await photoGrid(theme, photos, TEXT_WIDTH.portrait), gap(theme)] : [line(theme, '无照片。', { indent: true })]),
    heading('企业意见及签字'), ...(await signatures(theme, data, options, contacts)),
  ];
  return packDocument(theme, { title: `环保管家现场检查记录表（${data.enterprise.name}）`, orgName: data.orgName }, [{ orientation: 'portrait', children }]);
}

function basics(theme: Theme, data: InspectionRecordData, contacts: Contacts): FileChild {
  const e = data.enterprise;
  const person = e.contact ? personText(e.contact, contacts) : '不详';
  return formTable(theme, [
    pairRow('编号', orDash(data.no), '轮次', orDash(data.round)),
    pairRow('检查日期', dayText(data.date), '时间', orUnknown(data.time)),
    wideRow('单位名称', e.name),
    pairRow('信用代码', orUnknown(e.creditCode), '对象类型', orUnknown(e.objectKind)),
    wideRow('地址', orUnknown(e.address)),
    pairRow('行业', orUnknown(e.industry), '经营状态', orUnknown(e.operatingStatus)),
    pairRow('联系人', person, '联系电话', e.phone ? phoneText(e.phone, contacts) : '不详'),
    pairRow('许可类别', orUnknown(e.permitClass), '许可证\n有效期至', dayText(e.permitEnd)),
    wideRow('许可证/登记编号', orUnknown(e.permitNo)),
    pairRow('环评', orUnknown(e.eia), '验收', orUnknown(e.acceptance)),
    wideRow('陪同人员', data.accompanying.length > 0 ? data.accompanying.map((name) => personText(name, contacts)).join('、') : '无'),
  ]);
}

function checks(theme: Theme, data: InspectionRecordData): FileChild[] {
  const aspects = data.aspects.filter((aspect) => aspect.items.length > 0);
  if (aspects.length === 0) return [line(theme, '本次未按检查表检查。', { indent: true })];
  const rows: GridRow[] = [{
    header: true, cells: [{ content: '序号' }, { content: '检查项' }, { content: '结果' }, { content: '备注' }],
  }];
  let number = 0;
  for (const aspect of aspects) {
    rows.push({ cells: [{ content: aspect.title, head: true, span: 4, align: 'left' }], keepNext: true });
    for (const item of aspect.items) {
      number += 1;
      rows.push({ cells: [
        { content: String(number), align: 'center' }, { content: item.text }, { content: item.result, align: 'center' }, { content: orDash(item.remark) },
      ] });
    }
  }
  return [gridTable(theme, gridWidths([1.2, 8, 2, 4], TEXT_WIDTH.portrait), rows), gap(theme)];
}

function quantities(theme: Theme, data: InspectionRecordData): FileChild[] {
  if (data.quantities.length === 0) return [line(theme, '未记录。', { indent: true })];
  const rows: GridRow[] = [];
  for (let start = 0; start < data.quantities.length; start += 2) {
    const [first, second] = [data.quantities[start], data.quantities[start + 1]];
    if (first && second) rows.push(pairRow(first.label, orUnknown(first.value), second.label, orUnknown(second.value)));
    else if (first) rows.push(wideRow(first.label, orUnknown(first.value)));
  }
  return [formTable(theme, rows), gap(theme)];
}

function list(theme: Theme, columns: readonly (readonly [string, number])[], rows: readonly (readonly string[])[], none: string): FileChild[] {
  if (rows.length === 0) return [line(theme, none, { indent: true })];
  return [listTable(theme, columns.map(([heading, weight]) => ({ heading, weight, align: heading === '问题描述' ? 'left' : 'center' })), rows, TEXT_WIDTH.portrait), gap(theme)];
}

async function signatures(theme: Theme, data: InspectionRecordData, options: InspectionRecordOptions, contacts: Contacts): Promise<FileChild[]> {
  const { signer } = data;
  const [image] = signer?.signature ? resolvePhotos([signer.signature], options.photos) : [];
  const refused = data.refusedSign ? `拒签，原因：${data.refusedSign.reason?.trim() ? data.refusedSign.reason : '未说明'}` : '如拒签，注明原因：';
  return [
    line(theme, `企业意见：${orDash(data.enterpriseOpinion)}`, { indent: true, keepNext: true }),
    gap(theme, 6, true),
    await signatureTable(theme, [
      {
        label: '企业代表（签字）：', names: signer?.name ? personText(signer.name, contacts) : '', image: image ?? null, day: signer?.date ?? null,
        lines: [`职务：${signer?.post ?? ''}`, `电话：${signer?.phone ? phoneText(signer.phone, contacts) : ''}`],
      },
      { label: '检查人员（签字）：', names: data.inspectors.join('、'), lines: ['', ''], day: data.date },
      { label: '村居（园区）人员（签字）：', lines: ['', ''] },
    ]),
    line(theme, refused, { indent: true }),
  ];
}
