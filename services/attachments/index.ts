// Photos and documents of records.
export {
  attachmentsOf,
  listAttachments,
  addAttachment,
  insertFile,
  updateAttachment,
  removeAttachment,
  attachmentFile,
  pagePicture,
  photoThumbnail,
  photoForPaper,
  captionOnPaper,
} from './files.ts';
export { countFilesOfParts, filesOfParts } from './parts.ts';
export { filesOfSites } from './sites.ts';
export { ATTACHMENT_WRITERS } from './writers.ts';
