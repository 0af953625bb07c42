// The one address that the window may be at.

export const APP_SCHEME = 'app';
export const APP_HOST = 'desk';
export const APP_URL = `${APP_SCHEME}://${APP_HOST}/`;

/** Whether an address is a page of this application: parsed, never compared by its beginning. */
export function isAppUrl(address: string): boolean {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return false;
  }
  return (
    url.protocol === `${APP_SCHEME}:` &&
    url.hostname === APP_HOST &&
    url.port === '' &&
    url.username === '' &&
    url.password === ''
  );
}

/** What the window may ask of the system: to put text that somebody chose to copy on the clipboard, from its own page. Never to read it. */
export function mayUse(permission: string, origin: string | undefined): boolean {
  return permission === 'clipboard-sanitized-write' && isAppUrl(origin ?? '');
}

/** Schemes that the window needs: its own, the data it draws itself, and the developer tools. */
const NEEDED_SCHEMES = new Set([`${APP_SCHEME}:`, 'blob:', 'data:', 'devtools:']);

/** Whether a request of the window may go out at all: the product works without a network. */
export function mayRequest(address: string): boolean {
  try {
    return NEEDED_SCHEMES.has(new URL(address).protocol);
  } catch {
    return false;
  }
}
