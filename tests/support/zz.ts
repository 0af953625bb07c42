import { periodicReport, writeWorkbook, findingSheet } from '../../services/documents/index.ts';
import { reportFigures } from './report-figures.ts';
for (const n of [500, 3000]) { const f = reportFigures({}, n); let t = performance.now(); const b = await periodicReport(f); console.log(n, 'docx', Math.round(performance.now() - t), 'ms', b.length, Math.round(process.memoryUsage().rss / 1e6)); t = performance.now(); const x = await writeWorkbook([findingSheet(f.findings)]); console.log('xlsx', Math.round(performance.now() - t), x.length); }
