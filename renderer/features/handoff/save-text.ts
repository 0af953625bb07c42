// Saves a text as a file of the person's own.

/** Offers `text` as a download called `fileName`. */
export function saveText({ fileName, text }: { fileName: string; text: string }): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = fileName;
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  // The browser reads the address after the click has returned.
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
