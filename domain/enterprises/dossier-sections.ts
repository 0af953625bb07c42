// Sections of the printed file (一企一档) in their order (domain reference 5.1); kinds say where they stand by their facet `dossier`.
import type { IdOf } from '../dictionary/vocabulary.ts';
import type { FILE_SECTIONS } from './vocabulary.ts';

/** A section; `lacking` is the part of the file whose missing fields are named there. */
export interface DossierSectionTitle {
  readonly id: string;
  readonly title: string;
  readonly lacking?: IdOf<typeof FILE_SECTIONS>;
}

export const DOSSIER_SECTIONS = [
  { id: 'basic', title: '基本信息', lacking: 'basic' },
  { id: 'formalities', title: '环保手续', lacking: 'formalities' },
  { id: 'production', title: '生产情况', lacking: 'production' },
  { id: 'waste', title: '污染物产生与治理', lacking: 'waste' },
  { id: 'monitoring', title: '监测情况', lacking: 'monitoring' },
  { id: 'emergency', title: '应急管理', lacking: 'emergency' },
  { id: 'credit', title: '行政处罚与信用评价', lacking: 'credit' },
  { id: 'inspection', title: '历次检查与问题整改' },
  { id: 'labels', title: '风险分级与标签' },
  { id: 'services', title: '培训咨询与信访' },
  { id: 'attachments', title: '附件清单' },
  { id: 'updates', title: '更新记录' },
] as const satisfies readonly DossierSectionTitle[];
