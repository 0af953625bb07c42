// The tray: files that came in and are not filed yet.
export { addScans, type NewFile } from './add.ts';
export { confirmScan } from './confirm.ts';
export { fileScans } from './file.ts';
export { readScan, type ReadControl } from './read.ts';
export { listTray, removeScans, trayCounts } from './tray.ts';
export { scanTargets } from './row.ts';
export { updateScans } from './update.ts';
export { canRead } from '../reading/index.ts';
export { SCAN_WRITERS } from './writers.ts';
