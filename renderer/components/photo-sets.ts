// Marked copies and their originals.
import type { AttachmentRow } from '../../contract/attachments.ts';

/** What stands for each photo: a marked copy takes the place of its original, which stays one step away. */
export function shownPhotos(photos: readonly AttachmentRow[]): AttachmentRow[] {
  const replaced = new Set(photos.map((photo) => photo.originalId).filter((id) => id !== null));
  return photos.filter((photo) => !replaced.has(photo.id));
}

/** Where the best picture of a photo that this computer has is: the photo, or the small picture that came in its place; null when neither is here. */
export const pictureUrl = (photo: AttachmentRow): string | null => (photo.isHere ? photo.url : photo.onlyThumbnail ? `${photo.url}?size=thumb` : null);

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
