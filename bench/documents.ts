// A report with 3,000 findings and a paper of the dictionary against the bare docx library, which writes the same words with
// the same looks in the same run.
import { Document, Packer, Paragraph, type FileChild } from 'docx';
import { definePaper } from '../domain/dictionary/paper.ts';
import {
  plainText,
  reportText,
  type Block,
  type Cell,
  type FindingRow,
  type ReportFigures,
} from '../domain/reports/index.ts';
import { makePaper, periodicReport, type PaperData } from '../services/documents/index.ts';
import { bareTable, cellRuns } from './lib/bare-docx.ts';
import { alternated, measurement, median, type Measurement } from './lib/measure.ts';

const FINDINGS = 3000;
const RUNS = 7;
/** The most that layout, masking and the dictionary may cost over the library alone. */
const TARGET = 1.5;

const findingAt = (n: number): FindingRow => ({
  id: String(n),
  no: `HZ7K2-26-${String(n).padStart(5, '0')}`,
  village: ['许浦村', '建东村', '诸翟居委'][n % 3] ?? null,
  enterprise: `上海第${n % 700}汽车维修有限公司`,
  creditCode: '91310115MA1K00015K',
  foundDate: '2026-11-06',
  round: '第二轮',
  category: '危险废物',
  description: '废机油桶露天堆放，地面未做防渗，未设置危险废物识别标志，联系13812346021',
  handlingClass: '限期整改',
  responsible: '张伟 13812346021',
  measure: '移入危废暂存间，分类贮存并加设防渗托盘',
  deadline: '2026-12-03',
  status: '待整改',
  closedDate: null,
  verification: null,
  remark: null,
  overdueDays: 0,
});

const figures: ReportFigures = {
  kind: 'month',
  title: '华漕镇环保管家服务工作月报',
  clientName: '华漕镇人民政府',
  orgName: '上海清源环境技术有限公司',
  period: { from: '2026-11-01', to: '2026-11-30', label: '2026年11月' },
  asOf: '2026-11-18',
  figures: {},
  byVillage: [],
  byCategory: [],
  byClass: [],
  byMonth: [],
  overdue: [],
  major: [],
  findings: Array.from({ length: FINDINGS }, (_, n) => findingAt(n + 1)),
  plan: [],
  notes: [],
};

const paper = definePaper({
  id: 'bench',
  label: '问题清单',
  of: 'enterprise',
  archive: false,
  given: { rows: null },
  blocks: [
    { type: 'title', text: '问题清单' },
    {
      type: 'table',
      of: 'rows',
      columns: [
        { heading: '序号', text: '{#}', weight: 1 },
        { heading: '编号', text: '{no}', weight: 3 },
        { heading: '企业', text: '{enterprise}', weight: 4 },
        { heading: '问题', text: '[位置：{village}，]{description|－}', weight: 6, align: 'left' },
        { heading: '时限', text: '{deadline}', weight: 2 },
      ],
    },
  ],
});

const textTable = (rows: readonly (readonly string[])[]): FileChild =>
  bareTable(rows.map((row) => row.map((text) => [new Paragraph({ children: cellRuns(text) })])));

/** The words of a block, as the library alone writes them. */
function bare(block: Block): FileChild[] {
  const text = (cell: Cell): string => plainText([cell]);
  if (block.type === 'title' || block.type === 'heading') return [new Paragraph({ children: cellRuns(block.text) })];
  if (block.type === 'paragraph') return [new Paragraph({ children: cellRuns(plainText(block.spans)) })];
  if (block.type !== 'table') return [];
  const heads = block.columns.map(({ heading }) => heading);
  const rows = [heads, ...block.rows.map((row) => row.map(text)), ...(block.totals ? [block.totals.map(text)] : [])];
  return [textTable(rows)];
}

const packed = async (children: FileChild[]): Promise<Uint8Array> =>
  new Uint8Array(await Packer.toBuffer(new Document({ sections: [{ children }] })));

const data: PaperData = { orgName: figures.orgName, rows: figures.findings };
const words = figures.findings.map((row, n) => [
  String(n + 1),
  row.no,
  row.enterprise,
  `位置：${row.village}，${row.description}`,
  '2026年\n12月3日',
]);

/** How long our documents take beside the library alone, in turns. */
export async function* measureDocuments(): AsyncGenerator<Measurement> {
  const pairs: readonly [string, () => Promise<unknown>, () => Promise<unknown>][] = [
    [
      `report with ${FINDINGS} findings`,
      async () => await periodicReport(figures),
      async () => await packed(reportText(figures).flatMap(bare)),
    ],
    [
      `paper with a table of ${FINDINGS} rows`,
      async () => await makePaper(paper, data),
      async () => await packed([textTable([['序号', '编号', '企业', '问题', '时限'], ...words])]),
    ],
  ];
  for (const [name, ours, library] of pairs) {
    const took = await alternated(RUNS, ours, library);
    const [clock, processor] = [median(took.bare.clock), median(took.bare.processor)];
    yield measurement(`documents: ${name}`, median(took.ours.clock), 'ms', clock, TARGET);
    yield measurement(`documents: ${name}, processor time`, median(took.ours.processor), 'ms', processor, TARGET);
  }
}
