// Marked copies and their originals.
import type { AttachmentRow } from '../../contract/attachments.ts';

export { noticePhotos, shownPhotos } from '../../domain/attachments/shown.ts';

/**
 * Where the best picture of a photo that this computer has is: the photo, or the small picture that came in its place;
 * null when neither is here.
 */
export const pictureUrl = (photo: AttachmentRow): string | null =>
  photo.isHere ? photo.url : photo.onlyThumbnail ? `${photo.url}?size=thumb` : null;

/** The untouched photo under a marked copy, or null. */
export function originalOf(photo: AttachmentRow, photos: readonly AttachmentRow[]): AttachmentRow | null {
  const seen = new Set([photo.id]);
  let at: AttachmentRow | undefined = photo;
  while (at?.originalId && !seen.has(at.originalId)) {
    seen.add(at.originalId);
    const before: AttachmentRow | undefined = photos.find((other) => other.id === at?.originalId);
    if (!before) break;
    at = before;
  }
  return at && at.id !== photo.id ? at : null;
}
