// 周报, 月报, 季报 and 年度总结 as Word documents (domain reference 5.5).
import { reportText, type ReportTextOptions } from '../../domain/reports/report-text.ts';
import type { ReportFigures } from '../../domain/reports/figures.ts';
import { partsOf } from './layout/blocks.ts';
import { packDocument } from './layout/document.ts';
import type { PhotoBytes } from './layout/picture.ts';
import { createTheme, type LayoutOptions } from './layout/theme.ts';

/** Which sections, whose names, which fonts; the photos of typical cases. */
export type PeriodicReportOptions = ReportTextOptions & LayoutOptions & { readonly photos?: PhotoBytes };

/** The report of one frozen figures object; prints exactly the blocks that the preview shows. */
export async function periodicReport(figures: ReportFigures, options: PeriodicReportOptions = {}): Promise<Uint8Array> {
  const theme = createTheme(options);
  const blocks = reportText(figures, options);
  const contents = blocks.some(({ type }) => type === 'contents');
  return packDocument(
    theme,
    { title: figures.title, orgName: figures.orgName, contents },
    await partsOf(theme, blocks, options.photos),
  );
}
